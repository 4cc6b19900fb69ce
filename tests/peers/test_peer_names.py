"""Names against the suites of pybtex, biber and JabRef."""

from __future__ import annotations

import ast
import re

import pytest
from peers.suites import compare, suite

from biblio.formats.bibtex.latex import decode_plain
from biblio.formats.bibtex.names import split_names

Parts = tuple[str, str, str, str]


def ours(typed: str) -> list[Parts]:
    """Given name, particle, family name and suffix of each name; a literal counts as a family name."""
    people = split_names(typed).names.people
    return [(each.given, each.particle, each.family or each.literal, each.suffix) for each in people]


def shown(*parts: str) -> Parts:
    given, particle, family, suffix = (" ".join(decode_plain(re.sub(r"(?<!\\)~", " ", part)).split()) for part in parts)
    return given, particle, family, suffix


def test_pybtex() -> None:
    """``sample_names`` of tests/parse_name_test.py, whose parts are those that BibTeX found."""
    tree = ast.parse(suite("pybtex", "parse_name_test.py").read_text(encoding="utf-8"))
    (rows,) = (
        node.value.elts
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "sample_names"
        and isinstance(node.value, ast.List)
    )
    found: dict[str, tuple[object, object]] = {}
    for row in rows:
        assert isinstance(row, ast.Tuple)
        typed, parts = ast.literal_eval(row.elts[0]), ast.literal_eval(row.elts[1])
        wanted = (" ".join(filter(None, map(decode_plain, words))) for words in parts)
        found[" ".join(typed.split())] = ([tuple(wanted)], ours(typed))
    compare("pybtex", found)


_PERL_NAME = re.compile(r"my \$(name\w+) =\s*\{(.*?)\};", re.DOTALL)
_PERL_PART = re.compile(r"(given|family|prefix|suffix)\s*=>\s*\{string => (?:undef|'([^']*)')")
_PERL_TEST = re.compile(r"is_deeply\(tparsename(?:_x)?\(\$section,'([^']*)', 'author'\), \$(\w+), '(.*?)'")
_BBL = re.compile(
    r"\\entry\{([^}]+)\}\{[^}]*\}\{\}\{\}\s*\\name\{author\}\{1\}\{[^}]*\}\{%\s*\{\{[^}]*\}\{%(.*?)\}\}%", re.DOTALL
)
_BBL_PART = re.compile(r"^\s*(given|family|prefix|suffix)=\{(.*)\},?\}*$", re.MULTILINE)
_AUTHOR = re.compile(r"@\w+\{([^,]+),\s*AUTHOR\s*=\s*\{(.*)\}", re.IGNORECASE)


def test_biber() -> None:
    """The names that t/names.t takes apart one by one, and the entries of t/tdata/names.bib as it writes them."""
    source = suite("biber", "names.t").read_text(encoding="utf-8")
    names = {
        name: shown(*(dict(_PERL_PART.findall(body)).get(part, "") for part in ("given", "prefix", "family", "suffix")))
        for name, body in _PERL_NAME.findall(source)
    }
    found: dict[str, tuple[object, object]] = {
        f"{label}: {typed}": ([names[name]], ours(typed)) for typed, name, label in _PERL_TEST.findall(source)
    }
    authors = dict(_AUTHOR.findall(suite("biber", "names.bib").read_text(encoding="utf-8")))
    for key, body in _BBL.findall(source):
        typed = authors.get(key, "")
        if typed and " und " not in typed:
            parts = dict(_BBL_PART.findall(_plain_bbl(body)))
            wanted = shown(*(parts.get(part, "") for part in ("given", "prefix", "family", "suffix")))
            found[f"{key}: {typed}"] = ([wanted], [shown(*each) for each in ours(typed)])
    assert len(found) > 40
    compare("biber", found)


def _plain_bbl(body: str) -> str:
    body = re.sub(r"\\+bib(?:namedelim[a-z]|initdelim)\s?", " ", body)
    return re.sub(r"\\\\(?=[,a-zA-Z'`^\"~])", r"\\", body)


_JAVA_STRING = r'(?:"((?:[^"\\]|\\.)*)"|null)'
_JAVA_AUTHOR = re.compile(r"new Author\(" + r",\s*".join([_JAVA_STRING] * 5) + r"\)")
_JAVA_SINGLE = re.compile(r"Arguments\.of\(\s*" + _JAVA_STRING + r",\s*(new Author\(.*?\))\)")
_JAVA_SEVERAL = re.compile(
    r"Arguments\.of\(\s*AuthorList\.of\((.*?)\),\s*(?:" + _JAVA_STRING + r'|"""\n(.*?)""")\s*\)', re.DOTALL
)


def test_jabref() -> None:
    """The names of AuthorListParserTest."""
    source = suite("jabref", "AuthorListParserTest.java").read_text(encoding="utf-8")
    found: dict[str, tuple[object, object]] = {}
    for typed, author in _JAVA_SINGLE.findall(source):
        found[_java(typed)] = (_java_authors(author), ours(_java(typed)))
    for authors, typed, block in _JAVA_SEVERAL.findall(source):
        value = _java(typed) or block
        found[" ".join(value.split())] = (_java_authors(authors), ours(value))
    assert len(found) > 15
    compare("jabref", found)


def _java(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _java_authors(source: str) -> list[Parts]:
    authors = _JAVA_AUTHOR.findall(source)
    return [shown(*map(_java, (given, von, last, jr))) for given, _, von, last, jr in authors]


def test_without_a_folder_a_suite_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BIBLIO_PEERS", raising=False)
    with pytest.raises(pytest.skip.Exception):
        suite("pybtex")
