"""Records of other formats become references."""

from __future__ import annotations

from biblio.formats.records import Body, Record, references_of
from biblio.text.inline import plain
from biblio.words.faults import Span


def test_each_record_is_a_reference_at_its_place_whatever_its_key() -> None:
    records = [
        Record("book", key, {"title": title, "date": date}, Span("a.ris", line))
        for line, (key, title, date) in enumerate(
            [("", "Un", "2019"), ("b", "Deux\n\n@book{x", "jadis"), ("b", "Trois", "")], 7
        )
    ]
    read = references_of(records)
    assert [(each.citekey, plain(each.title)) for each in read.value] == [
        ("", "Un"),
        ("b", "Deux @book{x"),
        ("b", "Trois"),
    ]
    assert [each.origin.entry.line for each in read.value] == [7, 8, 9]
    assert {(fault.span and fault.span.line, fault.citekey) for fault in read.diagnostics} == {(8, "b")}


def test_a_body_is_never_taken_apart_and_a_person_is() -> None:
    people = ("Le Bodo, Yann", Body("Centre Rameau, soins and services"), "Land and Sea Trust")
    (made,) = references_of([Record("book", "a", {"author": people}, Span("a.ris"))]).value
    first, second, third = made.author.people
    assert (first.full_family, first.given) == ("Le Bodo", "Yann")
    assert (second.literal, third.literal) == ("Centre Rameau, soins and services", "Land and Sea Trust")


def test_no_record_gives_no_reference() -> None:
    assert references_of([]).value == ()
