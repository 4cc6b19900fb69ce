"""The bytes of a file become text whatever program wrote them."""

from __future__ import annotations

import codecs

import pytest

from biblio.check.check import fix
from biblio.check.settings import Settings
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic

SOURCE = "% été\n@book{clé,\n  title = {L'œuvre à l'été – « 100 € »},\n}\n"
TITLE = "L'œuvre à l'été – « 100 € »"


def read(content: bytes) -> tuple[Reference, tuple[Diagnostic, ...]]:
    parsed = read_bibtex(content, "essai.bib")
    (reference,) = parsed.value
    return reference, parsed.diagnostics


@pytest.mark.parametrize(
    "content",
    [
        SOURCE.encode(),
        codecs.BOM_UTF8 + SOURCE.encode(),
        codecs.BOM_UTF16_LE + SOURCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SOURCE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SOURCE.encode("utf-32-le"),
        SOURCE.replace("\n", "\r\n").encode(),
        SOURCE.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "mark", "utf-16-le", "utf-16-be", "utf-32", "cr-lf", "cr"],
)
def test_what_is_read_without_a_word(content: bytes) -> None:
    reference, diagnostics = read(content)
    assert diagnostics == ()
    assert reference.citekey == "clé"
    assert plain(reference.title) == TITLE
    assert (reference.origin.fields["title"].line, reference.origin.fields["title"].column) == (3, 12)


def test_windows_1252() -> None:
    reference, (fault,) = read(SOURCE.encode("cp1252"))
    assert plain(reference.title) == TITLE
    assert (fault.code, fault.arguments["encoding"]) == ("P001", "Windows-1252")
    assert fault.span
    assert fault.span.line == 1


def test_latin_1() -> None:
    reference, (fault,) = read("@book{k, title = {L'été à Cuges}}".encode("latin-1"))
    assert plain(reference.title) == "L'été à Cuges"
    assert fault.code == "P001"


def test_a_line_of_latin_1_in_a_file_in_utf_8() -> None:
    content = SOURCE.encode() + "@misc{b, note = {collé : été}}\n".encode("latin-1")
    parsed = read_bibtex(content, "essai.bib")
    assert plain(parsed.value[0].title) == TITLE
    assert plain(parsed.value[1].note) == "collé : été"
    (fault,) = parsed.diagnostics
    assert (fault.code, fault.arguments["count"]) == ("P003", "3")
    assert fault.span
    assert fault.span.line == 5


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_a_byte_that_means_nothing_is_no_error(byte: int) -> None:
    parsed = read_bibtex(b"@book{k, title = {a" + bytes([byte]) + b"b}}", "essai.bib")
    assert plain(parsed.value[0].title) == "ab"
    assert [fault.code for fault in parsed.diagnostics] == ["P001", "P116"]


def test_a_file_cut_inside_a_character() -> None:
    parsed = read_bibtex("@book{k, title = {été, à l'été}}\n% é".encode()[:-1], "essai.bib")
    assert plain(parsed.value[0].title) == "été, à l'été"
    assert [fault.code for fault in parsed.diagnostics] == ["P003"]


def test_half_a_pair_of_utf_16() -> None:
    decoded = decode_bytes(codecs.BOM_UTF16_LE + "a".encode("utf-16-le") + b"\x00\xd8", "essai.bib")
    assert decoded.value.startswith("a")
    assert decoded.value.encode()
    assert [fault.code for fault in decoded.diagnostics] == ["P001"]


def test_a_lone_surrogate_in_utf_8_is_not_one_of_text() -> None:
    parsed = read_bibtex("@book{k, title = {été \ud800 été}}".encode("utf-8", "surrogatepass"), "essai.bib")
    assert plain(parsed.value[0].title).encode().decode().count("été") == 2
    assert "P003" in [fault.code for fault in parsed.diagnostics]


def test_accents_typed_apart_are_put_together() -> None:
    reference, diagnostics = read(
        "@book{cle\u0301, author = {E\u0301ric Le\u0301ger}, title = {E\u0301te\u0301}}".encode()
    )
    assert diagnostics == ()
    assert reference.citekey == "clé"
    assert plain(reference.title) == reference.raw["title"] == "Été"
    assert reference.author.people[0].family == "Léger"


def test_characters_that_show_nothing_are_taken_out_and_told() -> None:
    content = "@book{k,\n title = {a\u202eb\x07c\x0cd},\n note = {e\u00a0\u202f\u200bf}}".encode()
    reference, (fault,) = read(content)
    assert plain(reference.title) == "abc d"
    assert plain(reference.note) == "e\u00a0\u202f\u200bf"
    assert (fault.code, fault.arguments["characters"]) == ("P116", "U+202E, U+0007, U+000C")
    assert fault.span
    assert (fault.span.line, fault.citekey) == (2, "k")


def test_null_characters() -> None:
    _, (fault,) = read(b"@book{k,\n title = {a\0b}}")
    assert fault.code == "P002"
    assert fault.span
    assert fault.span.line == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_reported_and_written_back(encoding: str) -> None:
    typed = "@article{a, author = {Durand; Martin, Luc}, title = {L\u2019\u0153uvre}}\n"
    content = typed.encode(encoding)
    text = decode_bytes(content, "essai.bib")
    assert text.value == typed
    assert [(fault.code, fault.arguments["encoding"]) for fault in text.diagnostics] == [("P001", encoding.upper())]
    # It is not written in a form that nobody asked for: nothing is fixed until it has been saved again.
    assert fix(SourceFile("essai.bib", content), Settings(), unsafe=True).content == content


def test_c1_controls_are_windows_1252() -> None:
    reference, (fault, other) = read(
        "@book{k, title = {Meaning\u0097behaviour,\n  \u0093x\u0094\u0085\u0081}}".encode()
    )
    assert plain(reference.title) == "Meaning—behaviour, “x”…"
    assert (other.code, other.arguments["characters"]) == ("P116", "U+0081")
    assert (fault.code, fault.arguments["count"], fault.span and fault.span.line) == ("P004", "4", 1)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("% Encoding: Cp1250", "cp1250"),
        ("% Encoding: ISO8859_2", "iso8859-2"),
        ("% Encoding: x-MacRoman", "mac-roman"),
        ("%Encoding: KOI8_R", "koi8-r"),
        ("% -*- coding: iso-8859-15 -*-", "iso8859-15"),
        ("% This file was created with JabRef 2.9.\n% Encoding: windows-1251", "cp1251"),
    ],
)
def test_the_encoding_that_the_file_names_is_believed(head: str, encoding: str) -> None:
    title = (
        "Ďábel"
        if "2" in encoding[-2:] or encoding == "cp1250"
        else "Жизнь"
        if encoding in ("koi8-r", "cp1251")
        else "été"
    )
    reference, (fault,) = read(f"{head}\n\n@book{{k, title = {{{title}}}}}\n".encode(encoding))
    assert plain(reference.title) == title
    assert (fault.code, fault.arguments["encoding"]) == ("P001", encoding)


@pytest.mark.parametrize("name", ["UTF-8", "rot13", "utf-7", "idna", "unicode_escape", "nothing", "EUC_JP", "ASCII"])
def test_an_encoding_that_cannot_be_is_not_believed(name: str) -> None:
    reference, (fault,) = read(f"% Encoding: {name}\n@book{{k, title = {{L'été à Cuges}}}}\n".encode("latin-1"))
    assert plain(reference.title) == "L'été à Cuges"
    assert fault.arguments["encoding"] == "Windows-1252"


def test_a_file_in_utf_8_is_in_utf_8_whatever_it_says() -> None:
    reference, diagnostics = read(b"% Encoding: Cp1252\n" + "@book{k, title = {été}}".encode())
    assert (plain(reference.title), diagnostics) == ("été", ())
