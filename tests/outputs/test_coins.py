"""References in pages, read back by the rules of those who take them from there."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from outputs.outputs import SELECTION
from outputs.twins import twin_of

from biblio.formats.bibtex.reader import read_bibtex
from biblio.outputs.coins import coins

PARTS = ("journalArticle", "bookSection", "conferencePaper")
GENRES = {
    "bookitem": "bookSection",
    "proceeding": "conferencePaper",
    "conference": "conferencePaper",
    "report": "report",
}


def taken(context: str) -> dict[str, str | list[str]]:
    """What Zotero's translator « COinS » makes of a ContextObject: format and genre, as they stand, give the type."""
    pairs = [part.split("=") for part in context.split("&")]
    assert all(len(pair) == 2 for pair in pairs)
    raw = dict(pairs)
    form = unquote(raw["rft_val_fmt"]).removeprefix("info:ofi/fmt:kev:mtx:")
    kinds = {"journal": "journalArticle", "dissertation": "thesis", "dc": "webpage"}
    kind = GENRES.get(raw.get("rft.genre", ""), "book") if form == "book" else kinds[form]
    item: dict[str, str | list[str]] = {"type": kind}
    people: list[str] = []
    for key, value in ((key, unquote(value.replace("+", " ").replace("%2B", " "))) for key, value in pairs):
        match key:
            case "rft_id" if value.startswith("info:doi"):
                item["DOI"] = value[9:]
            case "rft_id" if value.startswith("urn:isbn"):
                item["ISBN"] = value[9:]
            case "rft_id":
                assert value.startswith(("http://", "https://"))
                item["url"] = value
            case "rft.btitle":
                item["container" if kind in PARTS else "title"] = value
            case "rft.atitle":
                assert kind in PARTS
                item["title"] = value
            case "rft.jtitle":
                item["container"] = value
            case "rft.title":
                item["container" if kind in PARTS else "title"] = value
            case "rft.type":
                item["type"] = value
            case "rft.au" if "," in value:
                family, given = value.split(",")[:2]
                people.append(f"{family}|{given.strip()}")
            case "rft.au":
                given, _, family = value.rpartition(" ")
                people.append(f"{family}|{given}")
            case "rft.aucorp":
                people.append(value)
            case "rft.inst" if kind == "thesis":
                item["publisher"] = value
            case _ if key.startswith("rft."):
                item[key.removeprefix("rft.")] = value
    return item | {"people": people}


ENTRIES = """
@article{a, author = {de La Fontaine, Jean and {Réseau modèle} and Platon}, title = {Santé & ville}, subtitle = {où ?},
  journaltitle = {La Revue}, volume = {12}, number = {tome 3}, date = {2022-03}, pages = {45-58}, doi = {10.1/a+b},
  issn = {1234-5679}, url = {https://a.org/?x=1&y=2}, langid = {french}}
@book{b, editor = {Martin, Luc}, title = {Un livre}, publisher = {Presses and Éditions}, location = {Rennes},
  date = {2020}, isbn = {978-2-1234-5680-3}, pagetotal = {132}, edition = {2}, series = {Repères}}
@incollection{c, author = {Martin, Luc}, title = {Un chapitre}, booktitle = {Un livre}, date = {2020}, pages = {1-9}}
@inproceedings{d, author = {Martin, Luc}, title = {Une communication}, booktitle = {Actes}, date = {2020}}
@report{e, author = {{Haute Autorité}}, title = {Un rapport}, institution = {HAS}, date = {2021-05-04}}
@thesis{f, author = {Jean Paul II}, title = {Une thèse}, institution = {Université}, date = {2019}}
@online{g, title = {Un site}, url = {https://b.org/}}
@legislation{h, title = {Loi n° 2019-774}, date = {2019-07-24}}
@movie{i, title = {Un film}, date = {2018}}
@online{j, url = {https://c.org/}}
@online{l, organization = {ARS PACA}, url = {https://d.org/}}
@misc{k, author = {{Jean Paul II}}, title = {Un document}}
"""

WANTED: dict[str, dict[str, str | list[str]]] = {
    "a": {
        "type": "journalArticle",
        "title": "Santé & ville : où ?",
        "container": "La Revue",
        "people": ["de La Fontaine|Jean", "Platon|", "Réseau modèle"],
        "volume": "12",
        "issue": "3",
        "date": "2022-03",
        "pages": "45-58",
        "DOI": "10.1/a b",
        "issn": "1234-5679",
        "url": "https://a.org/?x=1&y=2",
        "language": "fr",
        "aulast": "de La Fontaine",
        "aufirst": "Jean",
        "genre": "article",
    },
    "b": {
        "type": "book",
        "title": "Un livre",
        "people": ["Martin|Luc"],
        "publisher": "Presses; Éditions",
        "place": "Rennes",
        "tpages": "132",
        "ISBN": "978-2-1234-5680-3",
        "edition": "2",
        "series": "Repères",
    },
    "c": {"type": "bookSection", "title": "Un chapitre", "container": "Un livre", "pages": "1-9"},
    "d": {"type": "conferencePaper", "title": "Une communication", "container": "Actes"},
    "e": {"type": "report", "title": "Un rapport", "people": ["Haute Autorité"], "date": "2021-05-04"},
    "f": {"type": "thesis", "title": "Une thèse", "publisher": "Université"},
    "g": {"type": "webpage", "title": "Un site", "url": "https://b.org/"},
    "h": {"type": "statute", "title": "Loi n° 2019-774"},
    "i": {"type": "film", "title": "Un film"},
    "l": {"type": "webpage", "title": "ARS PACA", "url": "https://d.org/"},
    "k": {"type": "document", "title": "Un document", "people": ["Jean Paul II"]},
}
CONTEXTS = {each.citekey: coins(each) for each in read_bibtex(ENTRIES.encode(), "references/a.bib").value}


@pytest.mark.parametrize("citekey", WANTED)
def test_a_reference_manager_reads_what_was_typed(citekey: str) -> None:
    found = taken(CONTEXTS[citekey])
    assert {name: found.get(name) for name in WANTED[citekey]} == WANTED[citekey]


def test_what_has_no_title_is_not_offered() -> None:
    assert CONTEXTS["j"] == ""


def test_nothing_in_a_value_is_taken_for_the_form() -> None:
    for context in CONTEXTS.values():
        assert context.isascii()
        assert not set(context) & set(" <>\"'+#")


def test_each_notice_of_a_page_can_be_taken_one_by_one_or_all_at_once() -> None:
    document, page = twin_of(SELECTION)
    spans = [node for node in page.root.find("span") if node.attributes.get("class") == "Z3988"]
    titles = [taken(span.attributes["title"])["title"] for span in spans]
    assert len(titles) == len(list(document.notices)) > 100
    assert all(titles)


def test_what_is_no_character_and_half_a_date_are_left_out() -> None:
    odd = "@article{a, title = {Un\x07 titre}, journal = {J}, pmid = {31452104}, date = {2019-21}}"
    (reference,) = read_bibtex(odd.encode(), "references/a.bib").value
    said = coins(reference)
    assert "rft.atitle=Un%20titre" in said
    assert "rft_id=info%3Apmid%2F31452104" in said
    assert "rft.date=2019&" in f"{said}&"
