"""CSL-JSON, read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from formats.samples import house

from biblio.formats.csl_items import looks_like_csl_json, read_csl_json
from biblio.formats.csl_json import write_csl_json
from biblio.reference.date import edtf
from biblio.reference.reference import Reference
from biblio.text.inline import Emph, Text, plain


def one(**item: Any) -> Reference:
    (reference,) = read_csl_json(json.dumps([item]).encode(), "a.json").value
    return reference


def test_what_is_exported_comes_back() -> None:
    back = read_csl_json(write_csl_json(house()).encode(), "a.json")
    assert back.diagnostics == ()
    for came, went in zip(back.value, house(), strict=True):
        title = " : ".join(filter(None, (plain(went.title), plain(went.subtitle))))
        assert (came.citekey, plain(came.title), came.issued) == (went.citekey, title, went.issued)
        assert came.author == went.author
        assert came.editor == went.editor
        assert (came.doi, came.isbn, came.issn, came.keyword) == (went.doi, went.isbn, went.issn, went.keyword)
        assert plain(came.container_title) == plain(went.container_title)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019, 3, 5]]}, "2019-03-05"),
        ({"date-parts": [["2019", "03"]]}, "2019-03"),
        ({"date-parts": [[2019], [2020]]}, "2019/2020"),
        ({"date-parts": [[2019]], "season": "2"}, "2019-22"),
        ({"date-parts": [[2019]], "circa": True}, "2019~"),
        ({"raw": "2019-03"}, "2019-03"),
        ("2019", "2019"),
    ],
)
def test_a_date_in_each_of_its_forms(issued: Any, date: str) -> None:
    made = one(type="book", title="Soin", issued=issued).issued
    assert made is not None
    assert edtf(made) == date


def test_names_in_each_of_their_forms() -> None:
    author = [
        {"family": "Beauvoir", "given": "Simone", "non-dropping-particle": "de"},
        {"family": "Un", "given": "Paul", "suffix": "Jr"},
        {"literal": "Centre and Rameau"},
        {"literal": "others"},
    ]
    names = one(type="book", title="Soin", author=author).author
    assert [(name.literal, name.full_family, name.given, name.suffix) for name in names.people] == [
        ("", "de Beauvoir", "Simone", ""),
        ("", "Un", "Paul", "Jr"),
        ("Centre and Rameau", "", "", ""),
    ]
    assert names.others


def test_tags_become_marks_and_what_is_none_stays_text() -> None:
    assert one(type="book", title="Le <i>soin</i>").title == (Text("Le "), Emph((Text("soin"),)))
    assert plain(one(type="book", title="a < b & c <i>d").title) == "a < b & c <i>d"


def test_what_has_no_field_is_kept() -> None:
    item = one(type="inconnu", title="Soin", source="Une base", scale=12)
    assert (item.entry_type, item.raw["csl-type"], item.raw["csl-source"], item.raw["csl-scale"]) == (
        "misc",
        "inconnu",
        "Une base",
        "12",
    )


@pytest.mark.parametrize("key", ["http://a.example/items/AB", 12, "12", "un deux"])
def test_an_address_or_a_number_is_no_key(key: object) -> None:
    assert one(type="book", title="Soin", id=key).citekey == ""


ITEM = '{"id": "a", "type": "book", "title": "Un"}'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"[{ITEM},\n{ITEM}]", 2),
        (f'{{"items": [{ITEM}]}}', 1),
        (ITEM, 1),
        (f"{ITEM}\n{ITEM}\n", 2),
        (f"\ufeff[{ITEM}]", 1),
    ],
)
def test_items_stand_in_a_list_in_an_object_or_alone(text: str, count: int) -> None:
    assert looks_like_csl_json(text.encode())
    found = read_csl_json(text.encode(), "a.json")
    assert (len(found.value), found.diagnostics) == (count, ())


@pytest.mark.parametrize(
    ("text", "line"),
    [(f"[{ITEM},\n{ITEM},\n{{ 'a'", 3), (f"[{ITEM},\n{ITEM}\n", 2), (f"[{ITEM},\n12,\n{ITEM}]", 2)],
)
def test_what_breaks_off_is_told_and_what_is_whole_is_read(text: str, line: int) -> None:
    found = read_csl_json(text.encode(), "a.json")
    assert len(found.value) == 2
    assert [(fault.code, fault.span and fault.span.line) for fault in found.diagnostics] == [("P154", line)]


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"type": "book", "title": ' + "[" * 100_000, "[1" + "0" * 5000])
def test_depths_and_lengths_are_told(text: str) -> None:
    found = read_csl_json(text.encode(), "a.json")
    assert found.value == ()
    assert {fault.code for fault in found.diagnostics} == {"P154"}


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            '{"status": "ok", "message-type": "work", "message": {"type": "book", "title": ["Un"]}}',
            ["Un"],
        ),
        (
            '{"status": "ok", "message": {"items": [{"type": "book", "title": "A"}, {"type": "book", "title": "B"}]}}',
            ["A", "B"],
        ),
        ('{"a1": {"type": "book", "title": "Un"}, "b2": {"type": "report", "title": "Deux"}}', ["Un", "Deux"]),
    ],
)
def test_items_inside_an_answer_or_under_their_keys(text: str, titles: list[str]) -> None:
    assert [plain(each.title) for each in read_csl_json(text.encode(), "a.json").value] == titles


def test_the_key_of_an_item_is_the_one_that_it_stands_under() -> None:
    (reference,) = read_csl_json(b'{"roux2020": {"type": "book", "title": "Un"}}', "a.json").value
    assert reference.citekey == "roux2020"


def test_the_settings_of_a_program_are_no_items() -> None:
    settings = b'{"analysis": {"analyzer": {"default": {"type": "standard", "filter": ["lowercase"]}}}}'
    assert not looks_like_csl_json(settings)
    assert looks_like_csl_json(b'[{"type": "standard", "title": "NF Z 44-005"}]')


def test_an_answer_of_another_program_is_told_and_no_item() -> None:
    answer = b'{"success": true, "results": {"docs": [{"type": "map", "note": "Carte"}]}}'
    read = read_csl_json(answer, "a.json")
    assert (read.value, [fault.code for fault in read.diagnostics]) == ((), ["P154"])
