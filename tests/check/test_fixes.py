"""Fixes change what they say and nothing else: not a byte of the rest, not the sense of another field; and once."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.check.check import fix
from biblio.check.finding import Change
from biblio.check.fixes import fix_file
from biblio.check.run import Problem
from biblio.check.settings import Settings
from biblio.check.source import SourceText, rewrite
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span, diagnose

ALL = Settings()


def mended(text: str, *, unsafe: bool = True, select: tuple[str, ...] = ()) -> str:
    return fix(SourceFile("essai.bib", text.encode()), Settings(select=select), unsafe=unsafe).content.decode()


# --- the bytes of a file


ENCODINGS = {
    "utf-8": (b"", "utf-8"),
    "utf-8 with mark": (codecs.BOM_UTF8, "utf-8"),
    "utf-16 little": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "utf-16 big": (codecs.BOM_UTF16_BE, "utf-16-be"),
    "windows-1252": (b"", "cp1252"),
}
NEWLINES = ("\n", "\r\n", "\r")


@pytest.mark.parametrize("newline", NEWLINES, ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(("mark", "codec"), ENCODINGS.values(), ids=ENCODINGS)
def test_encoding_mark_and_line_ends_stay(mark: bytes, codec: str, newline: str) -> None:
    before = "% « été » \t \n@book{a,\n  annotation = {L'Etat  évalue.},\n}\n\n\n@comment{ Etat }  \n"
    after = before.replace("L'Etat  évalue", "L'État évalue")
    content = mark + before.replace("\n", newline).encode(codec)
    fixed = fix(SourceFile("essai.bib", content), ALL, unsafe=False)
    assert fixed.content == mark + after.replace("\n", newline).encode(codec)
    assert fixed.applied == {"F101": 1, "F202": 1}


def test_line_ends_of_several_kinds_stay() -> None:
    before = b"@book{a,\r\n  note = {de  la},\n  annotation = {au  bord.},\r}\n\r\n"
    assert fix(SourceFile("essai.bib", before), ALL, unsafe=False).content == before.replace(b"  la", b" la").replace(
        b"au  bord", b"au bord"
    )


def test_null_characters_stay_where_they_are() -> None:
    before = b"% \0 \n@book{a, annotation = {de  \0la.}}\n\0"
    after = fix(SourceFile("essai.bib", before), ALL, unsafe=False).content
    assert after.count(b"\0") == before.count(b"\0")
    assert decode_bytes(after, "essai.bib").value == "%  \n@book{a, annotation = {de la.}}\n"


def test_a_character_that_the_encoding_lacks_is_not_written() -> None:
    text = "@book{a, annotation = {Un caf\xe9 &#9829; et l'Etat.}}\n"
    content = text.encode("cp1252")
    fixed = fix(SourceFile("essai.bib", content), ALL, unsafe=False).content
    assert fixed == text.replace("Etat", "État").encode("cp1252")


def test_a_byte_that_means_nothing_stays() -> None:
    content = b"@book{a, annotation = {\x81 l'Etat \xe9.}}\n"
    assert fix(SourceFile("essai.bib", content), ALL, unsafe=False).content == content.replace(b"E", b"\xc9")


def test_a_few_strange_bytes_in_utf_8_stay() -> None:
    content = "@book{a, annotation = {Été \0, l'Etat, évalué.}}\n".encode().replace(b"\0", b"\xe9")
    assert fix(SourceFile("essai.bib", content), ALL, unsafe=False).content == content.replace(b"Etat", "État".encode())


def test_changes_are_made_from_the_last_to_the_first() -> None:
    text = "un deux trois"
    changes = [Change(0, 2, "1"), Change(8, 13, "3"), Change(2, 2, ",")]
    assert rewrite(text.encode(), text, changes) == b"1, deux 3"


def test_a_text_that_is_not_that_of_the_bytes_is_not_rewritten() -> None:
    assert rewrite(b"un", "deux", [Change(0, 1, "x")]) is None


# --- where a value stands


@pytest.mark.parametrize(
    ("source", "mendable"),
    [
        ("annotation = {l'Etat}", True),
        ('annotation = "l\'Etat"', True),
        ("annotation = {  l'Etat\n}", True),
        ('annotation = "l\'" # "Etat"', False),
        ("annotation = etat", False),
        ("annotation = {e\u0301 l'Etat}", True),  # once the accent is put on its letter
    ],
)
def test_only_a_value_typed_in_one_piece_is_mended(source: str, mendable: bool) -> None:
    text = f"@string{{etat = {{l'Etat}}}}\n@misc{{a, {source}}}\n"
    expected = source.replace("Etat", "État").replace("e\u0301", "é") if mendable else source
    assert mended(text, unsafe=False, select=("F101", "F214")) == text.replace(source, expected)


def test_a_span_counts_characters_from_one() -> None:
    source = SourceText("a.bib", "un\ndeux trois\n")
    assert source.span(8, 13) == Span("a.bib", 2, 6, 5)
    assert source.offset(Span("a.bib", 2, 6)) == 8
    assert source.span(0, 7) == Span("a.bib", 1, 1, 2)


def test_a_new_field_stands_in_the_layout_of_its_entry() -> None:
    text = "@book{a,\n\ttitle      = {Un},\n\tannotation = {Un guide. [Résumé éditeur]}\n}\n"
    assert mended(text, unsafe=False) == (
        "@book{a,\n\ttitle      = {Un},\n\tannotation = {Un guide.},\n\tannotationsource = {éditeur}\n}\n"
    )
    assert mended("@book{a, annotation = {Un guide. [Résumé éditeur]}, title = {Un}}") == (
        "@book{a, annotation = {Un guide.}, annotationsource = {éditeur}, title = {Un}}"
    )


# --- what a fix may not do


def test_masked_characters_are_never_changed() -> None:
    address = "https://exemple.fr/mise_en_oeuvre/Etat--des  lieux"
    text = f"@book{{a, annotation = {{Voir \\url{{{address}}} et \\textbf{{l'Etat}} : $Etat  x$.}}}}\n"
    assert mended(text) == text.replace("{l'Etat}", "{l'État}")


def test_what_is_silenced_is_not_mended() -> None:
    text = "% biblio: ignore F101\n@book{a, annotation = {l'Etat}}\n\n@book{b, annotation = {l'Etat}}\n"
    assert mended(text, select=("F101",)) == "l'État".join(text.rsplit("l'Etat", 1))


def test_a_change_that_breaks_the_entry_is_dropped() -> None:
    content = b"@book{a, title = {Un}, note = {deux}}\n\n@book{b, note = {deux}}\n"

    def problems(references: object, source: SourceText) -> list[Problem]:
        assert isinstance(references, tuple)
        found = []
        for reference, word, better in zip(references * 2, ("deux",) * 4, ("}", "trois", "2", "2"), strict=True):
            start = source.text.find(word, source.offset(reference.origin.entry))
            if start != -1 and reference.raw.get("note") == word:
                found.append(problem(reference, Change(start, start + len(word), better)))
        return found

    def problem(reference: Reference, change: Change) -> Problem:
        return Problem(diagnose("F109", reference.origin.entry, reference.citekey), (change,), True, reference, "note")

    fixed = fix_file("essai.bib", content, read_bibtex, decode_bytes, problems)
    assert fixed.content == b"@book{a, title = {Un}, note = {2}}\n\n@book{b, note = {trois}}\n"


def test_a_field_given_twice_gets_no_second_name() -> None:
    text = "@article{a, journal = {Un}, journal = {Deux}, annote = {Trois}}\n"
    after = mended(text, select=("R113",))
    (reference,) = read_bibtex(after.encode(), "a").value
    assert (reference.raw["annotation"], "Un" in reference.raw.values()) == ("Trois", True)
    assert "Deux" in after


# --- properties

FRAGMENTS = st.sampled_from(
    [
        *"aéE \"«»%$&'`´‘,.;:-–—()[]?!0129\t",
        *(
            "Etat",
            "oeuvre",
            "A partir",
            "2ème",
            "http://a.fr/",
            "{",
            "}",
            "\\emph{",
            "\\&",
            "\\'e",
            "&amp;",
            "&eacute;",
        ),
        *(
            "  ",
            " ,",
            "...",
            "…",
            "etc...",
            "p. ",
            "pp.",
            "vol. ",
            "n° ",
            " et ",
            " and ",
            ";",
            "et al.",
            "Dr ",
            "HARPET",
        ),
        *(
            "Ile de France",
            "les les",
            "[Résumé éditeur]",
            "Ã©",
            "\u00ad",
            "e\u0301",
            "\\url{",
            "https://doi.org/10.1000/x",
        ),
        *("10.1000/x", "ISBN 978-2-07-036822-8", "mars 2019", "15/03/2019", "2019-3", "135-47", "277- 295", "132 p."),
        *("\n", "\n\n", "\\", "#", "~", "<b>", "Cyrille, ", "utm_source=a", "?utm_source=a&b=c"),
    ]
)


def balanced(pieces: list[str]) -> str:
    """The pieces in one value, in which every brace has its partner."""
    text, depth = "", 0
    for piece in pieces:
        if piece == "}" and depth == 0:
            continue
        text += piece
        depth += piece.count("{") - piece.count("}")
    text = text.removesuffix("\\") + "}" * depth
    return re.sub(r"(?m)^(\s*)@", r"\1", text)


VALUES = st.lists(FRAGMENTS, max_size=9).map(balanced)
FIELDS = st.sampled_from(
    "title subtitle annotation annote note abstract author editor publisher journal journaltitle date year urldate "
    "pages pagetotal volume number doi url isbn issn links howpublished langid keywords autor institution".split()
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["article", "book", "online", "report", "incollection", "misc"]),
        st.dictionaries(FIELDS, VALUES, max_size=6),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
BETWEEN = ("\n\n", "% Etat  oeuvre \n", "\n@comment{l'Etat  , 2ème}\n", "  \n\t\n")


def written(entries: list[tuple[str, dict[str, str], bool]], between: str) -> str:
    texts = []
    for index, (kind, fields, lines) in enumerate(entries):
        gap = "\n  " if lines else " "
        body = "".join(f",{gap}{name} = {{{value}}}" for name, value in fields.items())
        texts.append(f"@{kind}{{n{index}{body}{gap.rstrip(' ')}}}")
    return between.join(["", *texts, ""])


@settings(max_examples=settings().max_examples * 5 // 2)
@given(ENTRIES, st.sampled_from(BETWEEN), st.booleans())
def test_a_fix_is_made_once_and_changes_nothing_else(
    entries: list[tuple[str, dict[str, str], bool]], between: str, unsafe: bool
) -> None:
    content = written(entries, between).encode()
    fixed = fix(SourceFile("essai.bib", content), ALL, unsafe=unsafe)
    again = fix(SourceFile("essai.bib", fixed.content), ALL, unsafe=unsafe)
    assert again.content == fixed.content
    assert not again.applied
    before, after = read_bibtex(content, "essai.bib"), read_bibtex(fixed.content, "essai.bib")
    assert [identity(reference) for reference in after.value] == [identity(reference) for reference in before.value]
    assert faults_of_syntax(after) <= faults_of_syntax(before)
    if fixed.content == content:
        assert not fixed.applied
    # What stands between the entries is there still, in its place.
    pattern = re.escape(between) + (".*?" + re.escape(between)) * len(entries)
    assert re.fullmatch(pattern, fixed.content.decode(), re.DOTALL)


def identity(reference: Reference) -> tuple[str, str]:
    return (reference.citekey, reference.entry_type)


def faults_of_syntax(parsed: Parsed[tuple[Reference, ...]]) -> int:
    return sum(diagnostic.code.startswith("P") for diagnostic in parsed.diagnostics)


@settings(max_examples=settings().max_examples * 3 // 2)
@given(ENTRIES)
def test_fields_without_fault_keep_their_value(entries: list[tuple[str, dict[str, str], bool]]) -> None:
    content = written(entries, "\n\n").encode()
    fixed = fix(SourceFile("essai.bib", content), Settings(select=("F1", "F2")), unsafe=True)
    for reference, old in zip(read_bibtex(fixed.content, "a").value, read_bibtex(content, "a").value, strict=True):
        assert set(reference.raw) == set(old.raw)
        # The rules of the families F1 and F2 look at running text alone.
        for name in ("date", "pages", "doi", "url", "author", "keywords", "isbn"):
            assert reference.raw.get(name) == old.raw.get(name)
