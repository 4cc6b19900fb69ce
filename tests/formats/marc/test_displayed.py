"""Records copied from the views of catalogues, a line for each field."""

from __future__ import annotations

import pytest

from biblio.importing.files import format_of, read_file

SUDOC = """200 1#$aSanté publique$bTexte imprimé$el'état des savoirs$fsous la direction de Didier Fassin
210 ##$aParis$cLa Découverte$d2010
215 ##$a1 vol. (527 p.)$d22 cm
700 #1$aFassin$bDidier$4651
010 ##$a978-2-7071-5890-0$bbr.
101 0#$afre
"""
CONGRESS = """LDR 01234cam a2200277 i 4500
001 12345
245 10 |a Introduction to public health / |c Mary-Jane Schneider.
260    |a Sudbury, Mass. : |b Jones and Bartlett, |c 2006.
300    |a 523 p. : |b ill. ; |c 26 cm.
100 1_ |a Schneider, Mary-Jane, |d 1939-
"""
COBISS = """001 ## [a]c  [b]a  [c]m
101 0# [a]srp
200 0# [a]Vreme čuda  [f][Borislav] Pekić
210 ## [a]Beograd  [c]Laguna  [d]2014
700 #1 [4]070  [a]Pekić  [b]Borislav
"""
YAZ = """01234nam  2200289   450
001 FRBNF42
101 0  $a fre
200 1  $a La ville et la
  santé $f Anne Roy
210    $a Lyon $c CERTU $d 2003
700  1 $a Roy $b Anne $4 070
"""


@pytest.mark.parametrize(
    ("text", "title", "family", "year"),
    [
        (SUDOC, "Santé publique", "Fassin", "2010"),
        (CONGRESS, "Introduction to public health", "Schneider", "2006"),
        (COBISS, "Vreme čuda", "Pekić", "2014"),
        (YAZ, "La ville et la santé", "Roy", "2003"),
        (SUDOC.replace("$", "‡"), "Santé publique", "Fassin", "2010"),
        (SUDOC.replace("#", "_").replace("$", " $ ").replace("$ ", "$"), "Santé publique", "Fassin", "2010"),
        (SUDOC.replace("\n", "\r\n"), "Santé publique", "Fassin", "2010"),
    ],
)
def test_a_view_is_a_record(text: str, title: str, family: str, year: str) -> None:
    row = format_of(text.encode(), "notice.txt")
    assert row is not None
    assert row.name == "marc-view"
    (reference,) = read_file(text.encode(), "notice.txt").value.references
    assert (reference.raw["title"], reference.raw["date"]) == (title, year)
    assert [each.family for each in (reference.author or reference.editor).people] == [family]


def test_views_one_behind_the_other_are_records_with_their_lines() -> None:
    read = read_file("\n\n".join((SUDOC, COBISS, YAZ + CONGRESS)).encode(), "vues.txt")
    assert [each.raw["title"] for each in read.value.references] == [
        "Santé publique", "Vreme čuda", "La ville et la santé", "Introduction to public health",
    ]  # fmt: skip
    assert [each.origin.entry.line for each in read.value.references] == [1, 9, 17, 24]


def test_prose_with_a_price_in_it_is_none() -> None:
    row = format_of(b"200 $a week is what they get.\nSome 300 $b people.\nAnd more.\n", "a.txt")
    assert row is None or row.name != "marc-view"
