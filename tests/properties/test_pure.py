"""Properties of the pure steps between a file and a page: sorting, selecting, loading a spec, escaping a text."""

from __future__ import annotations

import dataclasses
import json
import random
import re
import unicodedata
from datetime import UTC, datetime
from html.parser import HTMLParser

from dossier.library import library_from, sorted_by
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.citation import label_of
from biblio.citation.limits import LONGEST_WORD, MOST_CHARACTERS, MOST_LINES, fit
from biblio.collection.themes import Themes
from biblio.compose import compose
from biblio.document.tree import Line, Role
from biblio.dossier.loader import load_dossier
from biblio.dossier.section import SORT_KEYS
from biblio.dossier.select import select
from biblio.dossier.spec import DossierSpec
from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.html import render_html
from biblio.project.style_folder import bundled_styles
from biblio.reference.reference import Origin, Reference
from biblio.style.style import Style, StyleFiles, load_style
from biblio.text.collation import collate
from biblio.text.inline import plain, text
from biblio.words.faults import Span
from biblio.yaml_model.keys import Placed

SPEC = "title: {title}\ndate: 2024-06-01\npublisher: Maison\nsections:\n  - title: Une\n    references: [{keys}]\n"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)
LETTERS = st.text("aàâeéèêëEÉcçoœ'’- zZ0", max_size=12)
# What is markup somewhere: in HTML, in a template, in a style sheet, in XML.
SIGNS = st.lists(
    st.sampled_from(["<", ">", "&", '"', "'", "{{", "}}", "{%", "</style>", "<!--", "]]>", "&lt;", "a", "é", " ", "="]),
    max_size=12,
).map("".join)


def sobre() -> Style:
    spec = (bundled_styles() / "sobre" / "style.yaml").read_text("utf-8")
    style = load_style([StyleFiles("sobre", "styles/sobre/style.yaml", spec)]).value
    assert style is not None
    return style


STYLE = sobre()


def reference(key: str, title: str = "", publisher: str = "", entry_type: str = "book") -> Reference:
    return Reference(
        key, entry_type, Origin(Span("a.bib")), title=text(title), publisher=(publisher,) if publisher else ()
    )


def dossier(keys: str, title: str = "Essai") -> DossierSpec:
    spec = load_dossier(SPEC.format(keys=keys, title=title), "dossiers/essai.yaml", "essai").value
    assert spec is not None
    return spec


# --- collation and sorting -------------------------------------------------------------------------------------------


@given(LETTERS)
def test_collation_does_not_see_how_an_accent_is_typed(word: str) -> None:
    assert collate(unicodedata.normalize("NFD", word)) == collate(unicodedata.normalize("NFC", word))


@given(LETTERS, LETTERS)
def test_letters_come_before_accents_and_case(one: str, other: str) -> None:
    """Two words whose letters differ are in the order of their letters, whatever the accents."""
    bare = {"à": "a", "â": "a", "é": "e", "è": "e", "ê": "e", "ë": "e", "É": "E", "ç": "c", "œ": "oe"}
    first, second = ("".join(bare.get(each, each) for each in word).casefold() for word in (one, other))
    letters = [" ".join(re.sub(r"[^a-z0-9]", " ", word).split()) for word in (first, second)]
    if letters[0] != letters[1]:
        assert (collate(one) < collate(other)) == (letters[0] < letters[1])


REFERENCES = st.lists(
    st.builds(
        reference,
        st.uuids().map(str),
        LETTERS,
        LETTERS,
        st.sampled_from(["book", "article", "report", "online"]),
    ),
    max_size=8,
)
KEYS = st.lists(st.sampled_from([*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)]), max_size=3).map(
    lambda keys: tuple(Placed(key, Span("a.yaml")) for key in keys)
)


@given(REFERENCES, KEYS)
def test_sorting_keeps_everything_and_is_done_once(references: list[Reference], keys: tuple[Placed, ...]) -> None:
    ordered = sorted_by(references, keys)
    assert sorted(each.citekey for each in ordered) == sorted(each.citekey for each in references)
    assert sorted_by(ordered, keys) == ordered


@given(REFERENCES, st.randoms(use_true_random=False))
def test_the_order_of_the_files_does_not_show(references: list[Reference], chance: random.Random) -> None:
    """With a key that tells all references apart, any order gives the same."""
    keys = tuple(Placed(key, Span("a.yaml")) for key in ("type", "title"))
    shuffled = list(references)
    chance.shuffle(shuffled)
    one, other = (sorted_by(each, keys) for each in (references, shuffled))
    seen = [(label_of(each, "fr"), collate(plain(each.title))) for each in one]
    assert seen == [(label_of(each, "fr"), collate(plain(each.title))) for each in other]


# --- selecting -------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["a-1", "A-1", "b-2", "c-3", "inconnu"]), max_size=6))
def test_every_key_of_a_spec_is_printed_once_or_reported(keys: list[str]) -> None:
    library = library_from([reference(key, key) for key in ("a-1", "b-2", "c-3")])
    selected = select(library, dossier(", ".join(keys)), Themes())
    (section,) = selected.value.parts
    printed = [each.citekey for each in section.references]
    reported = [each for each in selected.diagnostics if each.code in ("D201", "D202", "D207")]
    assert len(printed) == len(set(printed))
    assert len(printed) + len(reported) == len(keys)


# --- loading ---------------------------------------------------------------------------------------------------------


@given(st.text(max_size=200))
def test_no_text_makes_the_loader_raise(source: str) -> None:
    loaded = load_dossier(source, "dossiers/essai.yaml", "essai")
    assert loaded.value is not None or loaded.diagnostics
    lines = source.count("\n") + len(re.findall("[\r\x85\u2028\u2029]", source)) + 1
    assert all(each.span and 1 <= each.span.line <= lines + 1 for each in loaded.diagnostics)


@given(WORDS)
def test_a_quoted_text_is_loaded_as_it_is(word: str) -> None:
    """Whatever YAML would make of it unquoted: a number, a date, a truth."""
    loaded = load_dossier(
        SPEC.format(title=json.dumps(word, ensure_ascii=False), keys=""), "dossiers/essai.yaml", "essai"
    ).value
    clean = unicodedata.normalize("NFC", word).strip()
    kept = "".join(each for each in clean if unicodedata.category(each) != "Cf" or each in "\u00ad\u200c\u200d")
    assert loaded is None or loaded.title == kept


@given(st.sampled_from(["no", "007", "10.1000", "190:20:30", "1e3", "~1", "0x1F", "2020-01-01", "=", ".inf", "Yes"]))
def test_a_bare_scalar_keeps_its_characters(word: str) -> None:
    assert dossier("", title=word).title == word


# --- limits ----------------------------------------------------------------------------------------------------------

LINES = st.lists(
    st.tuples(
        st.sampled_from([Role.ANNOTATION, Role.LINK]),
        st.sampled_from(["mot ", "m", "é\n"]),
        st.integers(0, 25_000),
    ),
    max_size=5,
).map(lambda rows: [Line(role, text(word * count)) for role, word, count in rows])


@settings(max_examples=settings().max_examples // 3)
@given(LINES)
def test_what_is_printed_is_bounded(lines: list[Line]) -> None:
    fitted = fit(lines)
    for role in Role:
        of_role = [plain(line.content) for line in fitted.lines if line.role is role]
        assert len(of_role) <= MOST_LINES
        assert sum(map(len, of_role)) <= MOST_CHARACTERS + len(of_role)
        assert all(len(word) <= LONGEST_WORD + 1 for each in of_role for word in each.split())
    if not fitted.cut:
        assert [plain(line.content) for line in fitted.lines] == [plain(line.content) for line in lines]


# --- from a reference to the page ------------------------------------------------------------------------------------


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page(title: str, closing: str) -> Elements:
    library = library_from([reference("a-1", title, title)])
    spec = dataclasses.replace(dossier("a-1"), closing=closing, title=closing, subtitle=title, event=title)
    selection = select(library, spec, Themes()).value
    document = compose(selection, STYLE, Themes()).value
    found = Elements()
    found.feed(render_html(document, STYLE, "screen", datetime(2024, 6, 1, tzinfo=UTC)))
    found.close()
    return found


PLAIN = page("x", "x").elements


@settings(max_examples=settings().max_examples // 2)
@given(SIGNS, SIGNS)
def test_no_text_becomes_markup(title: str, closing: str) -> None:
    """Texts full of signs give the elements that a letter gives."""
    assert page(f"x{title}", f"x{closing}").elements == PLAIN


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    parsed = read_bibtex(content, "a.bib")
    assert all(each.span and each.span.path == "a.bib" for each in parsed.diagnostics)
