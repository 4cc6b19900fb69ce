"""Records of catalogues as references, from ISO 2709 and from XML alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from formats.marc.written import iso2709, marc_json, marcxml, mnemonic

from biblio.formats.marc.reader import read_marc, read_marc_json, read_marcxml, read_mnemonic
from biblio.importing.files import read_file
from biblio.reference.reference import Reference

CASES = Path(__file__).with_name("cases")


def blocks() -> list[Any]:
    """The cases: « == name », a record, « --- », the type and the fields that it becomes."""
    found = []
    for file in sorted(CASES.glob("*.txt")):
        for block in file.read_text("utf-8").split("\n== ")[1:]:
            name, _, rest = block.partition("\n")
            record, _, expected = rest.partition("\n---\n")
            found.append(pytest.param(record, expected.strip().splitlines(), id=f"{file.stem}: {name}"))
    return found


def said(reference: Reference) -> list[str]:
    """What a reference has, a line a field."""
    fields = (f"{name} = {' '.join(value.split())}" for name, value in sorted(reference.raw.items()))
    return [reference.entry_type, *fields]


@pytest.mark.parametrize(("record", "expected"), blocks())
def test_a_record_becomes_a_reference(record: str, expected: list[str]) -> None:
    read = read_marc(iso2709(record), "a.mrc")
    assert [said(reference) for reference in read.value] == [expected]
    (from_xml,) = read_marcxml(marcxml(record).encode(), "a.xml").value
    assert said(from_xml) == expected
    (from_lines,) = read_mnemonic(mnemonic(record).encode(), "a.mrk").value
    assert said(from_lines) == expected
    (from_json,) = read_marc_json(marc_json(record).encode(), "a.json").value
    assert said(from_json) == expected


def faults(read: object) -> list[tuple[str, dict[str, str]]]:
    return [(fault.code, dict(fault.arguments)) for fault in read.diagnostics]  # type: ignore[attr-defined]


BOOK = """
001 12
100 ## $a20200101d2020    m  y0frey{codes}    ba
200 1# $aL'œuvre du médecin à l'hôpital $eété, naïf
210 ## $aParis $cDunod $d2020
700 #1 $aLefèvre $bFrançois $4070
"""
# Accents stand before their letter in ISO 5426: grave C1, acute C2, circumflex C3, dieresis C8, cedilla D0.
TO_5426 = {"è": b"\xc1e", "é": b"\xc2e", "ô": b"\xc3o", "ï": b"\xc8i", "ç": b"\xd0c", "à": b"\xc1a", "œ": b"\xfa"}


def in_5426(record: str) -> bytes:
    for letter, code in TO_5426.items():
        record = record.replace(letter, code.decode("latin-1"))
    return iso2709(record, "latin-1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (iso2709(BOOK.format(codes="50")), None),
        (iso2709(BOOK.format(codes="01")), "UTF-8"),
        (in_5426(BOOK.format(codes="01")), None),
        (in_5426(BOOK.format(codes="03")), None),
        (in_5426(BOOK.format(codes="50")), "ISO 5426"),
        (iso2709(BOOK.format(codes="50"), "cp1252"), "Windows-1252"),
        (iso2709(BOOK.format(codes="01"), "cp1252"), "Windows-1252"),
    ],
)
def test_the_bytes_decide_what_encoding_a_record_is_in(content: bytes, code: str | None) -> None:
    read = read_marc(content, "a.mrc")
    (reference,) = read.value
    assert reference.raw["title"] == "L'œuvre du médecin à l'hôpital"
    assert reference.raw["subtitle"] == "été, naïf"
    assert reference.raw["author"] == "Lefèvre, François"
    assert [found.arguments["encoding"] for found in read.diagnostics] == ([code] if code else [])


def test_marc_8_is_read_and_latin_1_under_its_name_too() -> None:
    record = "245 10 $aÉtude\n260 ## $aParis"
    marc_8 = iso2709(record.replace("É", "\xe2E"), "latin-1")
    assert [each.raw["title"] for each in read_marc(marc_8, "a").value] == ["Étude"]
    latin = read_marc(iso2709(record, "latin-1"), "a")
    assert [each.raw["title"] for each in latin.value] == ["Étude"]
    assert [fault.code for fault in latin.diagnostics] == ["P306"]


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ("LDR 00000dam0\n001 7\n200 1# $aTitre", "P302"),
        ("LDR 00000nx##\n001 7\n200 1# $aDupont $bJean\n152 ## $bRAMEAU", "P301"),
        ("LDR 00000nz##\n001 7\n100 1# $aDupont, Jean", "P301"),
    ],
)
def test_what_is_no_document_is_refused_with_its_number(record: str, code: str) -> None:
    content = iso2709("200 1# $aUn") + iso2709(record) + iso2709("200 1# $aDeux")
    read = read_marc(content, "a.mrc")
    assert [each.raw["title"] for each in read.value] == ["Un", "Deux"]
    assert faults(read) == [(code, {"number": "2", "id": "7"})]


def test_fields_that_have_no_place_are_said_once_a_file() -> None:
    record = "200 1# $aUn\n319 ## $ax\n319 ## $ay\n470 ## $tz\n995 ## $zb"
    read = read_marc(iso2709(record) * 2, "a.mrc")
    assert faults(read) == [("P308", {"fields": "319 (4), 470 (2)"})]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b" " * 24 + content[24:],
        lambda content: content[:10] + content[24:],
        lambda content: content[24:],
        lambda content: content.replace(b"\x1d", b"\x1d\r\n"),
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: b"\r\n\r\n" + content,
    ],
)
def test_a_damaged_leader_and_lines_between_records_are_survived(damage: object) -> None:
    content = iso2709("200 1# $aÉté\n700 #1 $aRoux $bMarie")
    read = read_marc(damage(content) + content, "a.mrc")  # type: ignore[operator]
    assert [said(each) for each in read.value] == [["book", "author = Roux, Marie", "title = Été"]] * 2
    assert not read.diagnostics


def test_lengths_in_characters_and_a_record_cut_short() -> None:
    content = iso2709("200 1# $aÉté à la mer\n300 ## $aNoté\n700 #1 $aRoux $bMarie").replace(b"0018", b"0015", 1)
    (reference,) = read_marc(content, "a.mrc").value
    assert said(reference) == ["book", "author = Roux, Marie", "note = Noté", "title = Été à la mer"]
    cut = read_marc(content[:-12], "a.mrc")
    assert [each.raw["title"] for each in cut.value] == ["Été à la mer"]
    assert faults(cut) == [("P307", {"number": "1"})]


def test_what_is_no_record_is_said_by_its_number() -> None:
    content = iso2709("200 1# $aUn") + b"Bonjour\x1d" + iso2709("200 1# $aDeux")
    read = read_marc(content, "a.mrc")
    assert [each.raw["title"] for each in read.value] == ["Un", "Deux"]
    assert faults(read) == [("P303", {"number": "2"})]


RECORD = marcxml("001 12\n010 ## $a9782070368228\n200 1# $aTitre & suite\n700 #1 $aRoux $bMarie")


PREFIXED = RECORD.replace("<", "<marc:").replace("<marc:/", "</marc:")
SRU = f"""<srw:searchRetrieveResponse xmlns:srw="x"><srw:numberOfRecords>1</srw:numberOfRecords>
<srw:records><srw:record>
<srw:recordData>{RECORD}</srw:recordData></srw:record></srw:records></srw:searchRetrieveResponse>"""
OAI = f"""<OAI-PMH><ListRecords><record><header><identifier>x</identifier></header>
<metadata>{RECORD}</metadata></record></ListRecords></OAI-PMH>"""
CAMEL = RECORD.replace("controlfield", "controlField").replace("datafield", "dataField").replace("subfield", "subField")
WITHOUT_LEADER = RECORD[: RECORD.index("<leader")] + RECORD[RECORD.index("<controlfield") :]
PMB = """<unimarc><notice><rs>n</rs><dt>a</dt><bl>m</bl><hl>0</hl><f c="001">12</f>
<f c="010" ind="  "><s c="a">9782070368228</s></f><f c="200" ind="1 "><s c="a">Titre &amp; suite</s></f>
<f c="700" ind=" 1"><s c="a">Roux</s><s c="b">Marie</s></f></notice></unimarc>"""


@pytest.mark.parametrize(
    "document",
    [
        RECORD,
        f"<?xml version='1.0'?><collection xmlns='http://www.loc.gov/MARC21/slim'>{RECORD}</collection>",
        PREFIXED.replace("<marc:record>", "<marc:record xmlns:marc='http://www.loc.gov/MARC21/slim'>"),
        SRU,
        OAI,
        RECORD.replace('tag="010"', 'tag="10"').replace('ind1="#"', 'ind1="|"'),
        CAMEL,
        WITHOUT_LEADER,
        f"<a><leader>00000nam0 2200000   450 </leader>{WITHOUT_LEADER}</a>",
        PMB,
    ],
)
def test_records_are_found_in_whatever_they_are_wrapped(document: str) -> None:
    read = read_file(document.encode(), "reponse.xml")
    expected = ["book", "author = Roux, Marie", "isbn = 9782070368228", r"title = Titre \& suite"]
    assert [said(each) for each in read.value.references] == [expected]
    assert not read.diagnostics


def test_no_record_in_an_answer_is_said() -> None:
    answer = (
        '<searchRetrieveResponse xmlns="info:lc/xmlns/marcxchange-v2"><numberOfRecords>0</numberOfRecords>'
        "</searchRetrieveResponse>"
    )
    assert [fault.code for fault in read_file(answer.encode(), "a.xml").diagnostics] == ["E125"]


def test_deleted_headers_broken_xml_and_entities() -> None:
    deleted = f'<a><record><header status="deleted"><identifier>oai:7</identifier></header></record>{RECORD}</a>'
    read = read_marcxml(deleted.encode(), "a.xml")
    assert (len(read.value), faults(read)) == (1, [("P302", {"number": "1", "id": "oai:7"})])
    broken = read_marcxml(f"<a>{RECORD}\n<record><datafield tag='200'>".encode(), "a.xml")
    assert [each.raw["title"] for each in broken.value][:1] == [r"Titre \& suite"]
    assert [fault.code for fault in broken.diagnostics if fault.code == "P304"] == ["P304"]
    bomb = f'<!DOCTYPE a [<!ENTITY x "y">]><a>{RECORD}&x;</a>'
    refused = read_marcxml(bomb.encode(), "a.xml")
    assert (refused.value, faults(refused)) == ((), [("P305", {})])


def test_characters_that_begin_nothing_are_read_and_told() -> None:
    titles = "<!-- R & D --><a><![CDATA[R & D]]></a>" + "".join(
        marcxml(f"200 1# $a{title}").replace("&amp;", "&").replace("&lt;", "<")
        for title in ("Boire & manger", "Moins de 5 <5 ans", "Fish &c &amp; chips &#233; &eacute;")
    )
    read = read_marcxml(f"<all>\n{titles}</all>".encode(), "a.xml")
    assert [each.raw["title"] for each in read.value] == [
        r"Boire \& manger",
        "Moins de 5 <5 ans",
        r"Fish \&c \& chips é é",
    ]
    assert faults(read) == [("P309", {"count": "3"})]


def test_unimarc_in_short_names() -> None:
    record = """<collection><rec><lab>01434nam0 2200313 i 450 </lab><cf t="001">7</cf>
    <df t="200" i1="1" i2=" "><sf c="a">La cura</sf><sf c="e">saggio</sf></df>
    <df t="210"><sf c="a">Roma</sf><sf c="c">Il porto</sf><sf c="d">2014</sf></df>
    <df t="461" i1=" " i2="1"><s1><cf t="001">9</cf></s1><s1><df t="200" i1="1" i2=" "><sf c="a">Opere</sf>
    <sf c="v">3</sf></df></s1></df>
    <df t="700" i1=" " i2="1"><sf c="a">Bianchi</sf><sf c="b">, Anna</sf></df></rec></collection>"""
    read = read_file(record.encode(), "a.xml").value
    assert (read.format, said(read.references[0])) == (
        "marcxml",
        [
            "book",
            "author = Bianchi, Anna",
            "date = 2014",
            "location = Roma",
            "maintitle = Opere",
            "publisher = Il porto",
            "subtitle = saggio",
            "title = La cura",
            "volume = 3",
        ],
    )


@pytest.mark.parametrize(
    "record",
    [
        '{"tag": "200", "ind1": "1", "ind2": " ", "subfield": [{"code": "a", "content": "Le soin"}]}',
        '{"@tag": "200", "@ind1": "1", "@ind2": " ", "subfield": {"@code": "a", "#text": "Le\tsoin"}}',
        '{"$": {"tag": "200", "ind1": "1"}, "subfield": [{"$": {"code": "a"}, "_": "Le soin"}]}',
    ],
)
def test_marcxml_turned_into_json(record: str) -> None:
    wrapped = f'{{"collection": {{"record": [{{"leader": "00000nam", "datafield": [{record}]}}]}}}}'
    for content in (wrapped, f'{{"leader": "00000nam", "datafield": [{record}]}}'):
        read = read_file(content.encode(), "a.json")
        assert [each.raw["title"] for each in read.value.references] == ["Le soin"]
        assert (read.value.format, read.diagnostics) == ("marc-json", ())


def test_a_false_declaration_of_xml_is_seen() -> None:
    typed = marcxml("200 1# $aÉté à la mer")
    for document in (
        f'<?xml version="1.0" encoding="UTF-8"?>{typed}'.encode("latin-1"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{typed}'.encode(),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{typed}'.encode("latin-1"),
        f'<?xml version="1.0" encoding="UTF-16"?>{typed}'.encode("utf-16"),
    ):
        assert [each.raw["title"] for each in read_marcxml(document, "a.xml").value] == ["Été à la mer"]


@pytest.mark.parametrize("name", ["a.mrc", "a.iso", "a.pan", "a.txt"])
def test_the_format_is_told_by_the_content(name: str) -> None:
    read = read_file(iso2709("200 1# $aUn"), name).value
    assert ([each.raw["title"] for each in read.references], read.format) == (["Un"], "marc")


def test_romanised_russian_is_marc_8_whatever_else_its_bytes_could_be(capfd: pytest.CaptureFixture[str]) -> None:
    record = iso2709("001 1\n245 10 $aIstoria estetiki\n100 1# $aRoux, M.")
    russian = record.replace(b"Istoria estetiki", b"Istori\xebi\xeca estet")
    # A character of three bytes that breaks off at the end of a field is left out, and nothing says so but pymarc.
    torn = russian.replace(b"Roux, M.", b"Ro\x1b$1!0")
    for content in (russian, torn):
        (reference,) = read_marc(content, "a.mrc").value
        assert reference.raw["title"] == "Istorii\ufe20a\ufe21 estet"
    assert capfd.readouterr().err == ""


def test_a_damaged_directory_costs_the_field_alone() -> None:
    whole = iso2709("001 1\n245 10 $aUn titre\n100 1# $aRoux, Marie\n260 ## $aParis $bDunod $c2010")
    damaged = whole.replace(b"245", b"2-5", 1)
    assert read_file(damaged, "a").value.format == "marc"
    (reference,) = read_marc(damaged, "a.mrc").value
    assert (reference.raw["author"], reference.raw["date"]) == ("Roux, Marie", "2010")


def test_a_directory_may_have_longer_addresses_behind_99_999_bytes() -> None:
    items = "\n".join(f"952 ## $aCentre $oCote {number:03} {'x' * 400}" for number in range(300))
    typed = f"001 1\n245 10 $aCalculatrice\n260 ## $aParis $bDunod $c2011\n{items}"
    content = iso2709(typed)
    assert content[24:].index(b"\x1e") > 12 * 303  # some addresses have six figures
    read = read_marc(content, "a.mrc")
    (reference,) = read.value
    assert reference.raw["title"] == "Calculatrice"
    assert reference.raw["holdings"].count("Cote") == 300
    assert not read.diagnostics


@pytest.mark.parametrize("head", [b"x" * 300_000, b"00024" + b"1" * 600 + b"x", b"1" * 300_001])
def test_a_head_that_is_no_directory_is_told_and_the_next_record_read(head: bytes) -> None:
    read = read_marc(head + b"!\x1e  \x1faUn\x1e\x1d" + iso2709("001 1\n245 10 $aDeux"), "a.mrc")
    assert [reference.raw["title"] for reference in read.value] == ["Deux"]
    assert faults(read) == [("P303", {"number": "1"})]


def test_what_is_torn_of_east_asian_characters_before_an_escape_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    record = iso2709("001 1\n245 10 $aIstoria estetiki $bRoux").replace(b"estetiki", b"\x1b$1!0\x1b(B")
    (reference,) = read_marc(record, "a.mrc").value
    assert (reference.raw["title"], reference.raw["subtitle"]) == ("Istoria", "Roux")
    assert capfd.readouterr().err == ""


LINES = r"""=LDR  00755cam  22002414a 4500
=001  fol1
=008  000107s2000\\\\nyua\\\\\\\\\\001\0\fre\\
=100  1\$aDur{acute}ee, Ana{uml}is
=245  13$aLa r{acute}eponse {lcub}ou le {dollar}{rcub}
 et la suite
=LDR  00755nam  22002414a 4500
=245  10$aDeux
"""


def test_lines_of_marcedit_with_signs_accents_and_lines_that_go_on() -> None:
    read = read_file(LINES.encode(), "a.txt")
    assert read.value.format == "marc-text"
    first, second = read.value.references
    assert (first.raw["title"], second.raw["title"]) == (
        r"La réponse \textbraceleft{}ou le \$\textbraceright{} et la suite",
        "Deux",
    )
    assert (first.raw["author"], first.raw["date"], first.raw["langid"]) == ("Durée, Anaïs", "2000", "french")
    assert [each.origin.entry.line for each in read.value.references] == [1, 7]


def test_marc_in_json_is_an_object_a_list_an_answer_or_one_a_line_and_says_where_it_breaks_off() -> None:
    one, two = marc_json("001 1\n245 10 $aUn"), marc_json("001 2\n245 10 $aDeux")
    for whole in (f"[{one},\n{two}]", f"{one}\n{two}\n", f'{{"records": [{one}, {two}]}}'):
        read = read_file(whole.encode(), "a")
        assert (read.value.format, [each.raw["title"] for each in read.value.references]) == (
            "marc-json",
            ["Un", "Deux"],
        )
        assert not read.diagnostics
    read = read_file(f"[{one},\n{two[:-9]}".encode(), "a")
    assert [each.raw["title"] for each in read.value.references] == ["Un"]
    assert [(fault.code, fault.span and fault.span.line) for fault in read.diagnostics] == [("P154", 2)]


@pytest.mark.parametrize("fields", ['[{"245": null}]', '[{"245": {"subfields": [1, {"a": null}]}}, 3]', "{}", "[]"])
def test_odd_json_is_told_and_nothing_raised(fields: str) -> None:
    read = read_marc_json(f'{{"leader": 1, "fields": {fields}}}'.encode(), "a")
    assert [fault.code for fault in read.diagnostics] == ["P303"]
    assert read.value == ()


def test_documents_one_behind_the_other_are_all_read() -> None:
    one = '<?xml version="1.0"?>\n' + marcxml("001 1\n245 10 $aUn") + "\n"
    read = read_file((one + one.replace("Un", "Deux")).encode(), "a.xml")
    assert [reference.raw["title"] for reference in read.value.references] == ["Un", "Deux"]
    assert [reference.origin.entry.line for reference in read.value.references] == [2, 4]
    assert not read.diagnostics
    broken = read_file((one + one.replace("</record>", "")).encode(), "a.xml")
    assert [reference.raw["title"] for reference in broken.value.references] == ["Un", "Un"]
    assert [fault.code for fault in broken.diagnostics] == ["P304"]


def test_holdings_are_no_documents() -> None:
    read = read_marc(iso2709("LDR 00193cv##a2200097m##4500\n001 12\n004 7\n852 0# $bA $hQA 76"), "a.mrc")
    assert (read.value, faults(read)) == ((), [("P301", {"number": "1", "id": "12"})])


@pytest.mark.parametrize(("encoding", "name"), [("cp866", "CP866"), ("cp1251", "Windows-1251")])
def test_cyrillic_of_dos_and_of_windows_is_told_by_its_words(encoding: str, name: str) -> None:
    record = (
        "001 1\n200 1# $aНовости мира пластмассы $fЕ. А. Никитенко\n210 ## $aМосква $d2005\n700 #1 $aНикитенко $bЕ. А."
    )
    read = read_marc(iso2709(record, encoding), "a.mrc")
    (reference,) = read.value
    assert (reference.raw["title"], reference.raw["author"]) == ("Новости мира пластмассы", "Никитенко, Е. А.")
    assert faults(read) == [("P306", {"count": "1", "number": "1", "encoding": name})]


def test_marc_8_has_characters_by_their_numbers() -> None:
    record = iso2709("001 1\n245 10 $aUne pi{e}ce &#x2013; et &#x17F; $bR{e}ponse").replace(b"{e}", b"\xe2e")
    (reference,) = read_marc(record, "a.mrc").value
    assert (reference.raw["title"], reference.raw["subtitle"]) == ("Une piéce – et ſ", "Réponse")


@pytest.mark.parametrize(("code", "tag"), [("swe", "sv"), ("cze", "cs"), ("ces", "cs"), ("fre", "french")])
def test_a_language_is_its_tag_in_both_codes_of_catalogues(code: str, tag: str) -> None:
    (reference,) = read_marc(iso2709(f"001 1\n101 0# $a{code}\n200 1# $aUn"), "a.mrc").value
    assert reference.raw["langid"] == tag


def test_a_year_with_a_figure_too_much_gives_way_to_the_coded_one() -> None:
    codes = "008 990712s1998    vra          s000 0 eng d"
    (reference,) = read_marc(iso2709(f"001 1\n{codes}\n245 10 $aUn\n260 ## $aParis $bDunod $c19998."), "a.mrc").value
    assert (reference.raw["date"], reference.raw["note"]) == ("1998", "19998")
    (unimarc,) = read_marc(iso2709("001 1\n100 ## $a20200101d2020\n200 1# $aUn\n210 ## $d20201"), "a.mrc").value
    assert (unimarc.raw["date"], unimarc.raw["note"]) == ("2020", "20201")


def test_a_full_name_in_brackets_may_have_a_comma_behind_them() -> None:
    record = "001 1\n245 10 $aUn\n100 1# $aCoghlan, T. A. $q(Timothy Augustine), $d1856-1926"
    (reference,) = read_marc(iso2709(record), "a.mrc").value
    assert reference.raw["author"] == "Coghlan, Timothy Augustine"


@pytest.mark.parametrize(("encoding", "code"), [("utf-8", b"\xc3\xa1"), ("cp1252", b"\xe1 ")])
def test_a_code_with_an_accent_is_that_of_the_letter(encoding: str, code: bytes) -> None:
    record = iso2709("200 1# $xyLe soin $eété", encoding).replace(b"\x1fxy", b"\x1f" + code)
    assert b"\x1f" + code in record
    (reference,) = read_marc(record, "a.mrc").value
    assert (reference.raw["title"], reference.raw["subtitle"]) == ("Le soin", "été")
