"""In files of any layout, any change of an entry is made, and nothing else is: the readers' fields are the oracle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from biblio.editing.entries import EntryChange, changed_entry, removed_entry
from biblio.formats.bibtex.reader import read_bibtex
from biblio.reference.reference import Reference

# The last three are one value when they come several times.
NAMES = ("title", "note", "author", "journaltitle", "x-nous", "year", "pages", "keywords", "url", "related")
VALUES = ("Le soin", "a {b} c", "L’été, où", '"dit" {"}', "2019", "x = {y}, z", "100 % sûr", "(a", "#", "a@b", "")


def one_of(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


FIELD = st.builds(
    "{0}{1}={2}{3}".format,
    one_of(*NAMES),
    one_of("", " ", "   ", "\n   "),
    one_of("", " ", " % dans le champ\n    "),
    st.one_of(
        one_of(*VALUES).map("{{{}}}".format),
        one_of("Le soin", 'a {"} b', "où, là", "").map('"{}"'.format),
        one_of("2019", "rev", "jan", 'rev # " et " # {a, b}', "{a} # 3", "{Sur\n     deux lignes}"),
    ),
)


@dataclass(frozen=True)
class Typed:
    """An entry as it is typed, and its comments."""

    text: str
    comments: tuple[str, ...]


@st.composite
def entries(draw: st.DrawFn) -> Typed:
    fields = draw(st.lists(FIELD, max_size=5))
    gap = draw(one_of("\n  ", " ", "\n", "\n\t", "\n  , "))
    comma = "" if gap.endswith(", ") else ","
    opening, closing = draw(st.sampled_from([("{", "}"), ("(", ")")]))
    comments = []
    text = f"@book{opening}cle{'' if not comma and fields else ','}"
    for number, field in enumerate(fields):
        is_last = number == len(fields) - 1
        text += gap + field + (comma if not is_last or draw(st.booleans()) else "")
        if "\n" in gap and draw(st.booleans()):
            comments.append(f"% remarque {number}, {{ou}} pas")
            text += f" {comments[-1]}" + ("\n" if is_last else "")
    return Typed(text + draw(one_of("", "\n", " ")) + closing, tuple(comments))


AROUND = st.lists(
    one_of(
        "% une remarque\n",
        "@string{autre = {Autre}}\n",
        "@comment{cle, title = {B}}\n",
        "\n",
        "@book{b, title = {Un}}\n",
        '@misc{c,\n  note = "x" # rev,\n}\n',
        "@article{d, title = {sans fin}\n\n@book{e, year = 1}\n",
        "@book{, title = {sans clé}}\n",
        "des mots entre deux\n",
    ),
    max_size=4,
).map("".join)
CHANGES = st.builds(
    EntryChange,
    st.dictionaries(one_of(*NAMES, "doi"), st.one_of(st.none(), one_of(*VALUES)), max_size=4),
    one_of("", "report"),
    one_of("", "neuf"),
)


def read(content: bytes) -> list[Reference]:
    return list(read_bibtex(content, "a.bib").value)


def fields_after(raw: Mapping[str, str], change: EntryChange) -> dict[str, str]:
    values = {**raw, **change.values, **({"ids": "cle"} if change.citekey else {})}
    return {name: " ".join(value.split()) for name, value in values.items() if value is not None}


def file_of(before: str, typed: str, behind: str, newline: str, codec: str) -> tuple[bytes, bytes, bytes]:
    head = f"@string{{rev = {{La revue}}}}\n{before}"
    parts = [text.replace("\n", newline) for text in (head, typed, f"\n{behind}")]
    bare = codec.removesuffix("-sig")
    return parts[0].encode(codec), parts[1].encode(bare), parts[2].encode(bare)


LAYOUTS = (st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))


@given(AROUND, entries(), AROUND, CHANGES, *LAYOUTS)
def test_a_change_changes_what_it_says_and_nothing_else(
    before: str, entry: Typed, behind: str, change: EntryChange, newline: str, codec: str
) -> None:
    first, typed, last = file_of(before, entry.text, behind, newline, codec)
    content = first + typed + last
    made = changed_entry(content, "a.bib", "cle", change)
    assert made.diagnostics == ()
    assert made.content.startswith(first)
    assert made.content.endswith(last)
    assert [each for each in entry.comments if each.encode(codec.removesuffix("-sig")) not in made.content] == []
    was, now = read(content), read(made.content)
    place = next(number for number, each in enumerate(was) if each.citekey == "cle")
    assert [each.raw for each in was[:place] + was[place + 1 :]] == [
        each.raw for each in now[:place] + now[place + 1 :]
    ]
    new = now[place]
    assert (new.citekey, new.entry_type) == (change.citekey or "cle", change.entry_type or "book")
    assert {name: " ".join(value.split()) for name, value in new.raw.items()} == fields_after(was[place].raw, change)
    again = changed_entry(made.content, "a.bib", new.citekey, EntryChange(change.values, change.entry_type))
    assert (again.content, again.diagnostics) == (made.content, ())


@given(
    st.lists(st.tuples(one_of("keywords", "url", "note", "title"), FIELD), min_size=2, max_size=6),
    one_of(",\n  ", ", ", "\n  , "),
    st.dictionaries(one_of("keywords", "url", "note"), st.one_of(st.none(), one_of(*VALUES)), min_size=1),
)
def test_of_fields_that_come_again_what_is_asked_is_read_and_the_others_are_as_they_were(
    typed: list[tuple[str, str]], gap: str, values: dict[str, str | None]
) -> None:
    fields = [name + field[len(re.match(r"[\w-]+", field).group()) :] for name, field in typed]  # type: ignore[union-attr]
    content = f"@string{{rev = {{La revue}}}}\n@book{{cle,\n  {gap.join(fields)}\n}}\n".encode()
    change = EntryChange(values)
    made = changed_entry(content, "a.bib", "cle", change)
    assert made.diagnostics == ()
    (was,), (now,) = read(content), read(made.content)
    assert {name: " ".join(value.split()) for name, value in now.raw.items()} == fields_after(was.raw, change)
    left = [field for (name, _), field in zip(typed, fields, strict=True) if name not in values]
    assert [field for field in left if field.encode() not in made.content] == []


@given(AROUND, entries(), AROUND, *LAYOUTS)
def test_a_removal_removes_an_entry_and_blanks(
    before: str, entry: Typed, behind: str, newline: str, codec: str
) -> None:
    first, typed, last = file_of(before, entry.text, behind, newline, codec)
    made = removed_entry(first + typed + last, "a.bib", "cle")
    assert made.diagnostics == ()
    kept = first.rstrip() + b"\n" + last
    assert made.content.split() == kept.split()
    was, now = read(first + typed + last), read(made.content)
    assert [each.raw for each in now] == [each.raw for each in was if each.citekey != "cle"]
