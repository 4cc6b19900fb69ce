"""What archives and catalogues give: OAI-PMH with its tokens, dates and deleted records, SRU with its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from online.servers import Asked, Given, client_of, serving
from online.services import UNIMARC, sru

from biblio.online.oai import receive_oai
from biblio.online.received import Received
from biblio.online.sources import SourceSettings
from biblio.online.sru import receive_sru
from biblio.words.faults import BiblioError, Diagnostic

OAI = SourceSettings("archive", "oai-pmh", "", {"address": "https://archive.example/oai", "set": "thesis"})
CATALOGUE = SourceSettings(
    "bnf", "sru", "", {"address": "https://catalogue.bnf.fr/api/SRU", "query": 'bib.anywhere all "ville santé"'}
)


def dc(title: str, name: str = "durand") -> str:
    return (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>Durand, Anne</dc:creator><dc:date>2019-03-01</dc:date>"
        f"<dc:identifier>https://archive.example/{name}</dc:identifier><dc:type>thesis</dc:type></oai_dc:dc>"
    )


def record(name: str, metadata: str = "", *, deleted: bool = False) -> str:
    status = ' status="deleted"' if deleted else ""
    inside = f"<metadata>{metadata}</metadata>" if metadata else ""
    return f"<record><header{status}><identifier>oai:{name}</identifier></header>{inside}</record>"


def oai(*records: str, token: str = "", error: str = "", date: str = "2026-05-07T10:00:00Z") -> Given:
    inside = "".join(records) + (f"<resumptionToken>{token}</resumptionToken>" if token else "")
    answer = f'<error code="{error}">words</error>' if error else f"<ListRecords>{inside}</ListRecords>"
    return Given(
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>{date}</responseDate><request>x</request>{answer}</OAI-PMH>",
        "text/xml",
    )


def harvested(
    answer: Callable[[Asked], Given] | Given, cursor: str = "", settings: SourceSettings = OAI
) -> tuple[Received, list[dict[str, str]]]:
    with serving(answer if callable(answer) else lambda _: answer) as served:
        got = receive_oai(settings, client_of(served), cursor)
    return got, [questions(each) for each in served.asked]


def questions(asked: Asked) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.target).query).items()}


def refused(answer: Given, settings: SourceSettings = OAI) -> Diagnostic:
    receive = receive_oai if settings.kind == "oai-pmh" else lambda *those: receive_sru(*those[:2])
    with serving(lambda _: answer) as served, pytest.raises(BiblioError) as error:
        receive(settings, client_of(served), "")
    return error.value.diagnostic


def test_an_archive_is_read_to_its_last_token() -> None:
    def answer(asked: Asked) -> Given:
        token = questions(asked).get("resumptionToken")
        if token == "a b&c":
            return oai(record("3", dc("Trois")), record("4", deleted=True), date="2026-05-08T00:00:00Z")
        return oai(record("1", dc("Un &amp; deux")), record("2", dc("Deux")), token="a b&amp;c")

    got, asked = harvested(answer)
    assert {name: reference.raw["title"] for name, reference in got.records.items()} == {
        "oai:1": "Un \\& deux",
        "oai:2": "Deux",
        "oai:3": "Trois",
    }
    assert (got.gone, got.present, got.cursor) == (frozenset({"oai:4"}), None, "2026-05-07")
    assert asked == [
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "thesis"},
        {"verb": "ListRecords", "resumptionToken": "a b&c"},
    ]
    assert got.records["oai:1"].entry_type == "thesis"


def test_the_next_time_it_is_asked_from_where_it_was() -> None:
    got, asked = harvested(oai(error="noRecordsMatch"), "2026-05-01")
    assert (got.unchanged, got.cursor, asked[0]["from"]) == (True, "2026-05-07", "2026-05-01")


def test_a_record_that_comes_back_has_not_gone() -> None:
    got, _ = harvested(oai(record("1", deleted=True), record("1", dc("Un"))))
    assert (list(got.records), got.gone) == (["oai:1"], frozenset())


@pytest.mark.parametrize(
    ("prefix", "metadata"),
    [
        ("marcxml", UNIMARC),
        ("unimarc", UNIMARC),
        (
            "mods",
            '<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Le soin en ville</title></titleInfo></mods>',
        ),
        ("oai_dc", dc("Le soin en ville")),
    ],
)
def test_a_format_of_records_has_its_reader(prefix: str, metadata: str) -> None:
    settings = SourceSettings("archive", "oai-pmh", "", {"address": "https://archive.example/oai", "prefix": prefix})
    got, asked = harvested(oai(record("1", metadata)), "", settings)
    assert got.records["oai:1"].raw["title"] == "Le soin en ville"
    assert asked[0]["metadataPrefix"] == prefix


def test_a_format_that_is_not_read_is_said_before_anybody_is_asked() -> None:
    settings = SourceSettings("archive", "oai-pmh", "", {"address": "https://archive.example/oai", "prefix": "tei"})
    assert refused(oai(), settings).code == "E188"


@pytest.mark.parametrize("error", ["badResumptionToken", "cannotDisseminateFormat", "badVerb"])
def test_an_error_of_the_protocol_is_told(error: str) -> None:
    assert refused(oai(error=error)).arguments == {"source": "archive", "told": f"{error} words"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Maintenance</body></html>",
        "{}",
        "<OAI-PMH><ListRecords><record>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
    ],
)
def test_an_answer_that_is_none_or_breaks_off_brings_nothing(body: str) -> None:
    assert refused(Given(body, "text/html")).code == "E184"
    assert refused(Given(body, "text/html"), CATALOGUE).code == "E184"


def test_a_token_that_comes_again_ends_the_harvest() -> None:
    assert refused(oai(record("1", dc("Un")), token="abc")).code == "E184"


def test_what_a_record_holds_stays_in_its_field() -> None:
    got, _ = harvested(oai(record("1", dc("T}, note = {x}\n@book{y,", "a}b"))))
    assert set(got.records["oai:1"].raw) == {"title", "author", "date", "url"}


# --- SRU -------------------------------------------------------------------------------------------------------------


def notice(number: int) -> str:
    return UNIMARC.replace("FRBNF450000000000000", f"FRBNF{number:015d}").replace("Le soin en ville", f"Livre {number}")


def searched(
    answer: Callable[[Asked], Given], settings: SourceSettings = CATALOGUE
) -> tuple[Received, list[dict[str, str]]]:
    with serving(answer) as served:
        got = receive_sru(settings, client_of(served))
    return got, [questions(each) for each in served.asked]


def pages(numbers: Sequence[int], a_page: int) -> Callable[[Asked], Given]:
    def answer(asked: Asked) -> Given:
        start, most = (int(questions(asked)[name]) for name in ("startRecord", "maximumRecords"))
        found = [notice(number) for number in numbers[start - 1 : start - 1 + min(a_page, most)]]
        return Given(sru(*found, count=len(numbers), following=start + len(found)), "text/xml")

    return answer


def test_a_catalogue_is_read_page_after_page() -> None:
    got, asked = searched(pages(range(1, 6), 2))
    assert [reference.raw["title"] for reference in got.records.values()] == [f"Livre {n}" for n in range(1, 6)]
    assert next(iter(got.records)) == "FRBNF000000000000001"
    assert got.present == frozenset(got.records)
    assert [each["startRecord"] for each in asked] == ["1", "3", "5"]
    assert (asked[0]["recordSchema"], asked[0]["version"]) == ("unimarcxchange", "1.2")
    assert asked[0]["query"] == 'bib.anywhere all "ville santé"'


def test_no_more_is_read_than_the_settings_allow() -> None:
    settings = SourceSettings("bnf", "sru", "", {**CATALOGUE.settings, "most": "3"})
    got, asked = searched(pages(range(1, 100), 2), settings)
    assert len(got.records) == 3
    assert got.present is None  # what is beyond has not gone
    assert [each["maximumRecords"] for each in asked] == ["3", "1"]
    assert [(each.code, each.arguments["count"]) for each in got.diagnostics] == [("E190", "99")]


def test_a_query_that_finds_nothing_brings_nothing() -> None:
    got, asked = searched(lambda _: Given(sru(), "text/xml"))
    assert (got.records, got.present, len(asked)) == ({}, frozenset(), 1)


def test_a_catalogue_that_gives_fewer_than_it_counts_comes_to_an_end() -> None:
    got, asked = searched(
        lambda asked: Given(sru(notice(1) if questions(asked)["startRecord"] == "1" else "", count=9))
    )
    assert list(got.records) == ["FRBNF000000000000001"]
    assert got.present is None
    assert len(asked) < 10


def test_what_a_catalogue_does_not_understand_is_told() -> None:
    body = (
        '<srw:searchRetrieveResponse xmlns:srw="http://www.loc.gov/zing/srw/"><srw:diagnostics>'
        '<diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/10</uri>'
        "<details>bib.isbnn</details><message>Query syntax error</message></diagnostic></srw:diagnostics>"
        "</srw:searchRetrieveResponse>"
    )
    assert refused(Given(body, "text/xml"), CATALOGUE).arguments["told"] == "Query syntax error bib.isbnn"
