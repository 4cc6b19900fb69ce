"""A spec edited as the bytes of its file: marks and line ends stay, and no edit makes it worse."""

from __future__ import annotations

from codecs import BOM_UTF8

from biblio.editing.spec_files import edited
from biblio.editing.specs import set_key

SPEC = "title: Santé\r\ndate: 2023\r\npublisher: CRES\r\nsections:\r\n  - title: A\r\n    intro: Court.\r\n"


def test_the_mark_and_the_line_ends_of_a_file_stay() -> None:
    content = BOM_UTF8 + SPEC.encode()
    made = edited(content, "d.yaml", "d", lambda text: set_key(text, ("title",), "Soins"))
    assert made.diagnostics == ()
    assert made.value == content.replace("Santé".encode(), b"Soins")


def test_an_edit_that_brings_a_fault_about_is_refused() -> None:
    content = SPEC.encode()
    made = edited(content, "d.yaml", "d", lambda text: set_key(text, ("date",), "demain"))
    assert [each.code for each in made.diagnostics] == ["D112"]
    assert made.value == content


def test_a_fault_that_is_there_already_does_not_stand_in_the_way() -> None:
    content = SPEC.replace("2023", "demain").encode()
    made = edited(content, "d.yaml", "d", lambda text: set_key(text, ("title",), "Soins"))
    assert made.diagnostics == ()
    assert b"Soins" in made.value


def test_a_file_in_another_encoding_is_left_alone() -> None:
    content = SPEC.encode("latin-1")
    made = edited(content, "d.yaml", "d", lambda text: set_key(text, ("title",), "Soins"))
    assert [each.code for each in made.diagnostics] == ["P001"]
    assert made.value == content
