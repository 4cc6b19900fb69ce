"""What stands under a heading: texts, boxes, news, events, numbers and counts, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import composed, document, said, titles

from biblio.document.tree import Agenda, LinkBox, Notices, SeeAlso

AGENDA = """\
sections:
  - title: Agenda
    agenda:
"""


def test_the_blocks_of_a_section_stand_in_their_order(tmp_path: Path) -> None:
    spec = """\
sections:
  - title: Ailleurs
    references: [zay]
  - title: Tout
    intro: Un mot.
    links: [{label: Le site, url: "https://www.example.org/", details: "pdf, 2 Mo"}]
    items: [{title: Une nouvelle}]
    references: [ars]
    agenda: [{title: Un jour, date: 2025-11-27}]
    select: {key: zay}
"""
    part = document(tmp_path, spec).parts[1]
    assert [block.name for block in part.blocks] == ["prose", "link_box", "items", "notices", "agenda", "see_also"]
    assert [said(block) for block in part.blocks if not isinstance(block, Notices)] == [
        ["Un mot."],
        ["En ligne", "Le site (pdf, 2 Mo)"],
        ["Une nouvelle"],
        ["Jeudi 27 novembre 2025", "Un jour"],
        ["Voir aussi", "La santé mentale des villes"],
    ]


def test_see_also_points_to_the_notice_in_full(tmp_path: Path) -> None:
    spec = """\
sections:
  - title: CLS
    select: {theme: cls}
  - title: Récents
    select: {issued: 2024..}
  - title: Anciens
    select: {issued: ..2019}
"""
    made = document(tmp_path, spec)
    anchors = {notice.citekey: notice.anchor for notice in made.notices}
    assert len(anchors) == len(list(made.notices)) == 2
    pointed = [
        entry.anchor
        for section in made.sections
        for block in section.blocks
        if isinstance(block, SeeAlso)
        for entry in block.entries
    ]
    assert pointed == [anchors["ars"], anchors["bader"]]


@pytest.mark.parametrize(
    ("event", "when", "moment"),
    [
        ("date: 2025-11-27", "Jeudi 27 novembre 2025", "2025-11-27"),
        ('date: 2025-11-27, start: "14:30"', "Jeudi 27 novembre 2025, 14 h 30", "2025-11-27T14:30"),
        (
            'date: 2025-11-27, start: "9h00", end: "16h30"',
            "Jeudi 27 novembre 2025, de 9 h à 16 h 30",
            "2025-11-27T09:00",
        ),
        ('date: 2025-11-01, end: "18:00"', "Samedi 1er novembre 2025, jusqu'à 18 h", "2025-11-01"),
        ("date: 2025-11", "Novembre 2025", "2025-11"),
        ("date: 2025", "2025", "2025"),
    ],
)
def test_an_event_says_when_it_is(tmp_path: Path, event: str, when: str, moment: str) -> None:
    made = document(tmp_path, f"{AGENDA}      - {{title: Un jour, {event}}}\n")
    (block,) = made.parts[0].blocks
    assert isinstance(block, Agenda)
    assert said(block)[0] == when
    assert block.events[0].moment == moment


def test_events_stand_in_the_order_of_time(tmp_path: Path) -> None:
    days = ["2026-01-10", "2025-11-27", "2025-12", "2025-11-27", "2025-12-01"]
    times = ["", 'start: "9:00"', "", 'start: "8:30"', ""]
    events = "".join(
        f"      - {{{', '.join(filter(None, (f'title: E{number}', f'date: {day}', time)))}}}\n"
        for number, (day, time) in enumerate(zip(days, times, strict=True))
    )
    (block,) = document(tmp_path, AGENDA + events).parts[0].blocks
    assert [line for line in said(block) if line.startswith("E")] == ["E3", "E1", "E2", "E4", "E0"]


def test_a_link_of_a_box_that_may_not_be_one_is_printed_and_reported(tmp_path: Path) -> None:
    spec = 'sections:\n  - title: Un\n    links: [{label: Un disque, url: "file:///a"}]\n'
    done, (fault,) = composed(tmp_path, spec)
    (box,) = done.document.parts[0].blocks
    assert isinstance(box, LinkBox)
    assert said(box)[1] == "Un disque (file:///a)"
    assert (fault.code, fault.span and fault.span.line) == ("W112", 7)


NESTED = """\
sections:
  - title: Un
    sections:
      - {title: Dedans, references: [zay]}
      - {title: Encore, references: [ars], counts: true}
  - title: Deux
    counts: true
    select: {theme: cls}
    group_by: type
"""


def test_headings_are_numbered_when_asked(tmp_path: Path) -> None:
    made = document(tmp_path, f"numbering: true\n{NESTED}")
    assert titles(tuple(made.sections)) == ["1 Un", "1.1 Dedans", "1.2 Encore", "2 Deux", "2.1 Article"]
    assert titles(tuple(document(tmp_path, NESTED).sections))[:2] == ["Un", "Dedans"]


def test_the_contents_count_where_it_is_asked(tmp_path: Path) -> None:
    made = document(tmp_path, NESTED.replace("theme: cls", "any: [{theme: cls}, {key: zay}]"))
    # Of the second part only one reference is printed there; groups are counted with their section.
    assert [section.count for section in made.sections] == [None, None, 1, 1, 1]


def test_anchors_are_all_different(tmp_path: Path) -> None:
    spec = """\
sections:
  - {title: Contents, intro: Un., items: [{title: New}, {title: New}]}
  - {title: Contents, agenda: [{title: New, date: 2025}], references: [zay]}
"""
    made = document(tmp_path, spec)
    anchors = ["contents", "new", *(section.anchor for section in made.sections)]
    anchors += [
        item.anchor
        for section in made.sections
        for block in section.blocks
        for item in (*getattr(block, "items", ()), *getattr(block, "events", ()))
    ]
    assert len(anchors) == 8
    assert len(set(anchors)) == 8
