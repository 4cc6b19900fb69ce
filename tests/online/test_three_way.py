"""What a source has changed, what somebody has changed here, and both."""

from __future__ import annotations

import pytest

from biblio.formats.bibtex.reader import read_bibtex
from biblio.online.three_way import compared, said
from biblio.reference.reference import Reference


def reference(fields: str, kind: str = "book") -> Reference:
    (read,) = read_bibtex(f"@{kind}{{k,\n{fields}\n}}".encode(), "a.bib").value
    return read


@pytest.mark.parametrize(
    ("before", "here", "there", "values", "both", "dropped"),
    [
        # Nothing new.
        ("title = {A}", "title = {A}", "title = {A}", {}, [], ()),
        # The source has changed.
        ("title = {A}", "title = {A}", "title = {B}", {"title": "B"}, [], ()),
        ("title = {A}", "title = {A}", "title = {A}, isbn = {1}", {"isbn": "1"}, [], ()),
        # Somebody here has.
        ("title = {A}", "title = {C}", "title = {A}", {}, [], ()),
        ("title = {A}", "title = {A}, note = {N}", "title = {A}", {}, [], ()),
        ("title = {A}, note = {N}", "title = {A}", "title = {A}, note = {N}", {}, [], ()),
        # Both have: in the same way, and in two.
        ("title = {A}", "title = {B}", "title = {B}", {}, [], ()),
        ("title = {A}", "title = {C}", "title = {B}", {}, [("title", "A", "C", "B")], ()),
        ("title = {A}", "title = {A}, isbn = {2}", "title = {A}, isbn = {1}", {}, [("isbn", "", "2", "1")], ()),
        # The source has dropped a field, changed here or not.
        ("title = {A}, note = {N}", "title = {A}, note = {N}", "title = {A}", {}, [], ("note",)),
        ("title = {A}, note = {N}", "title = {A}, note = {M}", "title = {A}", {}, [("note", "N", "M", "")], ()),
        ("title = {A}, note = {N}", "title = {A}", "title = {A}", {}, [], ()),
        # A line that was laid out anew, and the old name of a field.
        ("title = {A B}", "title = {A\n  B}", "title = {C}", {"title": "C"}, [], ()),
        ("journal = {A}", "journal = {A}", "journaltitle = {B}", {"journal": "B"}, [], ()),
        # What is ours alone.
        ("title = {A}", "title = {A}, annotation = {Ici}", "title = {A}, annotation = {Là}", {}, [], ()),
    ],
)
def test_a_field_follows_whoever_changed_it(
    before: str,
    here: str,
    there: str,
    values: dict[str, str],
    both: list[tuple[str, str, str, str]],
    dropped: tuple[str, ...],
) -> None:
    outcome = compared(reference(here), said(reference(before), "k"), said(reference(there), "k"))
    assert dict(outcome.values) == values
    assert [(each.field, each.before, each.here, each.there) for each in outcome.both] == both
    assert outcome.dropped == dropped


def test_another_type_is_told() -> None:
    outcome = compared(
        reference("title = {A}"), said(reference("title = {A}"), "k"), said(reference("title = {A}", "report"), "k")
    )
    assert [(each.field, each.here, each.there) for each in outcome.both] == [("entrytype", "book", "report")]
