"""What every written format holds to: a record for each reference whatever its words, nothing private, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree  # to read what we wrote, with a parser that is not ours

import pytest
from formats.samples import house, one
from formats.test_formats import COUNTED_BY, WRITTEN, count

from biblio.formats import FORMATS
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.records import Record, references_of
from biblio.formats.tabular.write import table_of
from biblio.reference.reference import Reference
from biblio.text.inline import plain
from biblio.words.faults import Span

READ_BACK = [name for name in WRITTEN if FORMATS[name].read or name == "bibtex"]
XML = ["marcxml", "endnote-xml", "mods", "dublin-core"]


def read_back(name: str, written: bytes) -> tuple[Reference, ...]:
    read = FORMATS[name].read or read_bibtex
    found = read(written, "essai")
    assert found.diagnostics == (), name
    return found.value


def hostile() -> Reference:
    """A reference whose words would end a value, begin a record or a formula, or be markup."""
    words = "=CMD|' /C calc'!A0 \r\nER  - \r\nTY  - BOOK\r\n\x1f\x1e\x1d</title><script>alert(1)</script> ]]> & @x{y,"
    fields = {
        "author": ["+Famille, @Prénom"],
        "title": words,
        "abstract": f"-1+1\n\n{words}",
        "note": words,
        "date": "2019",
    }
    (reference,) = references_of([Record("book", "hostile", fields, Span("essai"))]).value
    return reference


@pytest.mark.parametrize("name", WRITTEN)
def test_no_words_of_a_reference_make_another(name: str) -> None:
    row = FORMATS[name]
    written = row.written([hostile(), *house()[:1]])
    assert count(row, written) == 2
    if not row.binary:
        assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", written.decode())


@pytest.mark.parametrize("name", XML)
def test_markup_in_words_is_text(name: str) -> None:
    tree = ElementTree.fromstring(FORMATS[name].written([hostile()]))  # our own text
    assert not [each for each in tree.iter() if each.tag.endswith("}script")]
    assert "<script>alert(1)</script> ]]> &" in "".join(tree.itertext())


def test_no_script_of_a_page_is_ended_by_a_title() -> None:
    written = FORMATS["json-ld"].written([hostile()]).decode()
    assert "<" not in written
    assert "</script>" in json.loads(written)["@graph"][0]["name"]


def test_no_cell_is_a_formula() -> None:
    written = FORMATS["csv"].written([hostile()]).decode("utf-8-sig")
    heads, cells = csv.reader(io.StringIO(written, newline=""))
    found = dict(zip(heads, cells, strict=True))
    assert found["author"].startswith("'+Famille")
    assert found["title"].startswith("'=CMD")
    assert found["abstract"].startswith("'-1+1")
    assert not [cell for cell in cells if re.match(r"\s*[=+@\t-]", cell)]


@pytest.mark.parametrize("name", WRITTEN)
def test_an_internal_note_stays_at_home(name: str) -> None:
    secret = one("@book{a, title = {T}, date = {2019}, internalnote = {À ne pas publier}}")
    assert b"publier" not in FORMATS[name].written([secret])


@pytest.mark.parametrize("name", WRITTEN)
def test_no_references_are_a_file_too(name: str) -> None:
    written = FORMATS[name].written([])
    assert name not in COUNTED_BY or len(COUNTED_BY[name](written)) == 0


def known(reference: Reference) -> dict[str, object]:
    """What every format that is read again must keep of a reference, in one form."""
    title = " : ".join(filter(None, (plain(reference.title), plain(reference.subtitle))))
    whole = plain(reference.main_title)
    return {
        "title": f"{whole}. {title}" if whole else title,
        "authors": [(name.full_family, name.given, name.literal) for name in reference.author.people],
        "editors": [(name.full_family, name.given, name.literal) for name in reference.editor.people],
        "issued": reference.issued,
        "doi": reference.doi,
        "isbn": reference.isbn,
        "issn": reference.issn,
        "language": reference.language,
        "page": reference.page,
        "volume": reference.volume.value if reference.volume else "",
        "text": "".join("".join(map(plain, reference.abstract or reference.annotation)).split()),
    }


# Where a format has no place: a title of one volume apart in EndNote; a role, or the volume of a book, in Dublin Core.
LOST = {
    ("dublin-core", "anap-2017-organisations", "volume"),
    ("dublin-core", "bourgeois-2016-accompagner", "editors"),
    ("dublin-core", "vigier-2018-desertification", "volume"),
    ("endnote-xml", "anap-2017-organisations", "title"),
    ("marc", "untitled", "title"),
    ("marcxml", "untitled", "title"),
}


@pytest.mark.parametrize("name", READ_BACK)
def test_what_is_written_is_read_again(name: str) -> None:
    lost = []
    for before, after in zip(house(), read_back(name, FORMATS[name].written(house())), strict=True):
        wanted, found = known(before), known(after)
        key = before.citekey if plain(before.title) else "untitled"
        lost += [(name, key, each) for each, value in wanted.items() if value and value != found[each]]
        lost += [(name, key, each) for each in ("title",) if not wanted[each] and found[each]]
    assert set(lost) - LOST == set()


def test_the_columns_of_a_table_are_those_that_somebody_fills() -> None:
    heads, *rows = table_of(
        [one("@book{a, title = {T}, isbn = {2-07-036822-X}}"), one("@online{b, url = {https://a.fr}}")]
    )
    assert heads == ["citekey", "entrytype", "author", "title", "date", "isbn", "url"]
    assert rows == [["a", "book", "", "T", "", "2-07-036822-X", ""], ["b", "online", "", "", "", "", "https://a.fr"]]


CLASSIC = """\
@mastersthesis{roux,
  author           = {La Tour, Jr, Inès de and others},
  title            = {Un titre : et sa suite},
  school           = {Université},
  year             = {2019},
  month            = mar,
  date             = {2019-03-15},
  type             = {Mémoire de master},
  address          = {Lyon},
}
"""


def test_classic_bibtex_has_the_fields_that_its_styles_print() -> None:
    source = (
        "@thesis{roux, author = {family=Tour, prefix=La, suffix=Jr, given={Inès de} and others}, title = {Un titre},"
        " subtitle = {et sa suite}, institution = {Université}, location = {Lyon}, date = {2019-03-15},"
        " type = {Mémoire de master}}"
    )
    written = FORMATS["bibtex"].written([one(source)]).decode()
    assert sorted(written.splitlines()) == sorted(CLASSIC.splitlines())


@pytest.mark.parametrize(
    ("typed", "eid", "pages"),
    [
        ("articleno = {12}", "12", "12"),
        ("article-number = {e12}", "e12", "e12"),
        ("eid = {12}, articleno = {13}", "12", "12"),
        ("articleno = {12}, pages = {1-9}", "12", "1--9"),
    ],
)
def test_classic_bibtex_has_the_number_of_an_article_where_styles_look(typed: str, eid: str, pages: str) -> None:
    source = f"@article{{roux, title = {{Un}}, journaltitle = {{Revue}}, date = {{2019}}, {typed}}}"
    back = one(FORMATS["bibtex"].written([one(source)]).decode())
    assert (back.raw.get("eid"), back.raw["pages"]) == (eid, pages)
