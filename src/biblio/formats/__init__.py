"""The formats that biblio reads and writes, one codec a module, and the table of them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from biblio.places import at
from biblio.plugins import Table, row_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

Reader = Callable[[bytes, str], Parsed[tuple[Reference, ...]]]
Writer = Callable[[Sequence[Reference]], str | bytes]
Recogniser = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table.

    ``read`` takes the bytes of a file and its name in messages, and gives its references with the faults met;
    ``write`` takes references and gives the text of a file, to be encoded in UTF-8 as it stands, or its bytes. Either
    is ``None`` where biblio goes one way only. ``extension`` begins with a point. ``looks_like`` says whether the bytes
    of a file are of the format; a row without it is told by the file's name. Of a ``loose`` format a file may hold any
    text around its records, so that it is asked after all the others. What is ``attached`` travels inside every PDF;
    what is ``binary`` is no text.
    """

    name: str
    extension: str
    mime_type: str
    about: Mapping[str, str]
    read: Reader | None = None
    write: Writer | None = None
    looks_like: Recogniser | None = None
    loose: bool = False
    attached: bool = False
    binary: bool = False

    def written(self, references: Sequence[Reference]) -> bytes:
        """The bytes of a file of these references; none for a format that is not written."""
        made = self.write(references) if self.write else ""
        return made if isinstance(made, bytes) else made.encode("utf-8")


_ROWS = (
    Format(
        "biblatex",
        ".bib",
        "application/x-bibtex",
        {
            "fr": "Des entrées BibTeX et biblatex, chaque champ tel qu'il a été saisi",
            "en": "BibTeX and biblatex entries, with every field as it was typed",
        },
        at("biblio.formats.bibtex.reader:read_bibtex"),
        at("biblio.formats.bibtex.writer:write_bibtex"),
        at("biblio.formats.bibtex.reader:looks_like_bibtex"),
        loose=True,
        attached=True,
    ),
    Format(
        "ris",
        ".ris",
        "application/x-research-info-systems",
        {
            "fr": "Des enregistrements RIS, que tous les logiciels de références importent",
            "en": "RIS records, which every reference manager imports",
        },
        at("biblio.formats.tagged.ris:read_ris"),
        at("biblio.formats.ris:write_ris"),
        at("biblio.formats.tagged.ris:looks_like_ris"),
        attached=True,
    ),
    Format(
        "csl-json",
        ".json",
        "application/vnd.citationstyles.csl+json",
        {
            "fr": "Des notices CSL-JSON, pour les processeurs de citations, Zotero et pandoc",
            "en": "CSL-JSON items, for citation processors, Zotero and pandoc",
        },
        at("biblio.formats.csl_items:read_csl_json"),
        at("biblio.formats.csl_json:write_csl_json"),
        at("biblio.formats.csl_items:looks_like_csl_json"),
        attached=True,
    ),
    Format(
        "bibtex",
        ".bib",
        "application/x-bibtex",
        {
            "fr": "Des entrées BibTeX classiques (journal, year, address…), pour BibTeX lui-même",
            "en": "Classic BibTeX entries (journal, year, address…), for BibTeX itself",
        },
        write=at("biblio.formats.bibtex.classic:write_classic"),
    ),
    Format(
        "csv",
        ".csv",
        "text/csv",
        {
            "fr": "Un tableau : une ligne par référence, une colonne par champ",
            "en": "A table: a row for each reference, a column for each field",
        },
        at("biblio.formats.tabular.reader:read_csv"),
        at("biblio.formats.tabular.write:write_csv"),
        at("biblio.formats.tabular.reader:looks_like_table"),
        loose=True,
    ),
    Format(
        "medline",
        ".nbib",
        "application/nbib",
        {
            "fr": "Les enregistrements MEDLINE de PubMed et d'ERIC",
            "en": "MEDLINE records of PubMed and ERIC",
        },
        at("biblio.formats.tagged.medline:read_medline"),
        looks_like=at("biblio.formats.tagged.medline:looks_like_medline"),
    ),
    Format(
        "wos",
        ".ciw",
        "application/x-inst-for-scientific-info",
        {
            "fr": "Les enregistrements balisés du Web of Science",
            "en": "Tagged records of Web of Science",
        },
        at("biblio.formats.tagged.wos:read_wos"),
        looks_like=at("biblio.formats.tagged.wos:looks_like_wos"),
    ),
    Format(
        "ovid",
        ".txt",
        "text/plain",
        {
            "fr": "Les enregistrements en texte d'Ovid",
            "en": "Records of Ovid as text",
        },
        at("biblio.formats.tagged.ovid:read_ovid"),
        looks_like=at("biblio.formats.tagged.ovid:looks_like_ovid"),
    ),
    Format(
        "refer",
        ".enw",
        "application/x-endnote-refer",
        {
            "fr": "Les enregistrements Refer d'EndNote et des catalogues, en lignes %",
            "en": "Refer records of EndNote and of catalogues, in lines with %",
        },
        at("biblio.formats.tagged.refer:read_refer"),
        looks_like=at("biblio.formats.tagged.refer:looks_like_refer"),
    ),
    Format(
        "refworks",
        ".txt",
        "text/plain",
        {
            "fr": "Les enregistrements balisés de RefWorks",
            "en": "Tagged records of RefWorks",
        },
        at("biblio.formats.tagged.refworks:read_refworks"),
        looks_like=at("biblio.formats.tagged.refworks:looks_like_refworks"),
    ),
    Format(
        "cff",
        ".cff",
        "application/yaml",
        {
            "fr": "Les fichiers CITATION.cff des logiciels et des jeux de données",
            "en": "The CITATION.cff files of programs and of sets of data",
        },
        at("biblio.formats.cff:read_cff"),
        looks_like=at("biblio.formats.cff:looks_like_cff"),
    ),
    Format(
        "marc",
        ".mrc",
        "application/marc",
        {
            "fr": "Des notices en ISO 2709 : UNIMARC ou MARC 21 en entrée, UNIMARC en sortie",
            "en": "Records in ISO 2709: UNIMARC or MARC 21 as input, UNIMARC as output",
        },
        at("biblio.formats.marc.reader:read_marc"),
        at("biblio.formats.marc.unimarc_write:write_unimarc"),
        at("biblio.formats.marc.reader:looks_like_iso2709"),
        binary=True,
    ),
    Format(
        "marcxml",
        ".xml",
        "application/marcxml+xml",
        {
            "fr": "Des notices en XML (MARCXML, MarcXchange) : UNIMARC ou MARC 21 en entrée, UNIMARC en sortie",
            "en": "Records in XML (MARCXML, MarcXchange): UNIMARC or MARC 21 as input, UNIMARC as output",
        },
        at("biblio.formats.marc.reader:read_marcxml"),
        at("biblio.formats.marc.unimarc_write:write_unimarc_xml"),
        at("biblio.formats.marc.reader:looks_like_marcxml"),
    ),
    Format(
        "marc-text",
        ".mrk",
        "text/plain",
        {
            "fr": "Des notices UNIMARC ou MARC 21 en texte, une ligne par zone, comme MarcEdit les donne",
            "en": "UNIMARC or MARC 21 records as text, a line for each field, as MarcEdit gives them",
        },
        at("biblio.formats.marc.reader:read_mnemonic"),
        looks_like=at("biblio.formats.marc.mnemonic:looks_like_mnemonic"),
    ),
    Format(
        "marc-view",
        ".txt",
        "text/plain",
        {
            "fr": "Des notices UNIMARC ou MARC 21 copiées d'un catalogue qui les montre, une ligne par zone",
            "en": "UNIMARC or MARC 21 records copied from a catalogue that shows them, a line for each field",
        },
        at("biblio.formats.marc.reader:read_displayed"),
        looks_like=at("biblio.formats.marc.displayed:looks_like_displayed"),
    ),
    Format(
        "marc-json",
        ".json",
        "application/marc-in-json",
        {
            "fr": "Des notices UNIMARC ou MARC 21 en JSON (MARC-in-JSON)",
            "en": "UNIMARC or MARC 21 records in JSON (MARC-in-JSON)",
        },
        at("biblio.formats.marc.reader:read_marc_json"),
        looks_like=at("biblio.formats.marc.marc_json:looks_like_marc_json"),
    ),
    Format(
        "pubmed-xml",
        ".xml",
        "application/xml",
        {
            "fr": "Des articles et des chapitres de PubMed, en XML",
            "en": "Articles and chapters of PubMed, in XML",
        },
        at("biblio.formats.pubmed_xml:read_pubmed_xml"),
        looks_like=at("biblio.formats.pubmed_xml:looks_like_pubmed_xml"),
    ),
    Format(
        "endnote-xml",
        ".xml",
        "application/xml",
        {
            "fr": "Des références d'EndNote, en XML, que Zotero et Mendeley exportent aussi",
            "en": "References of EndNote, in XML, which Zotero and Mendeley export too",
        },
        at("biblio.formats.endnote_xml:read_endnote_xml"),
        at("biblio.formats.endnote_write:write_endnote_xml"),
        at("biblio.formats.endnote_xml:looks_like_endnote_xml"),
    ),
    Format(
        "word-sources",
        ".xml",
        "application/xml",
        {
            "fr": "Les sources de Word (Sources.xml), de son outil de bibliographie",
            "en": "The sources of Word (Sources.xml), of its tool for bibliographies",
        },
        at("biblio.formats.word_sources:read_word_sources"),
        looks_like=at("biblio.formats.word_sources:looks_like_word_sources"),
    ),
    Format(
        "zotero-rdf",
        ".rdf",
        "application/rdf+xml",
        {
            "fr": "Les éléments de Zotero, en RDF",
            "en": "Items of Zotero, in RDF",
        },
        at("biblio.formats.zotero_rdf:read_zotero_rdf"),
        looks_like=at("biblio.formats.zotero_rdf:looks_like_zotero_rdf"),
    ),
    Format(
        "zotero-json",
        ".json",
        "application/json",
        {
            "fr": "Les éléments de Zotero en JSON, de son interface ou de Better BibTeX",
            "en": "Items of Zotero in JSON, from its interface or from Better BibTeX",
        },
        at("biblio.formats.zotero_json:read_zotero_json"),
        looks_like=at("biblio.formats.zotero_json:looks_like_zotero_json"),
    ),
    Format(
        "mods",
        ".xml",
        "application/mods+xml",
        {
            "fr": "Des notices MODS, seules ou dans une réponse SRU ou OAI",
            "en": "MODS records, alone or in an answer of SRU or OAI",
        },
        at("biblio.formats.mods:read_mods"),
        at("biblio.formats.mods_write:write_mods"),
        at("biblio.formats.mods:looks_like_mods"),
    ),
    Format(
        "dublin-core",
        ".xml",
        "application/xml",
        {
            "fr": "Des notices en Dublin Core, comme les entrepôts OAI-PMH les donnent",
            "en": "Records in Dublin Core, as OAI-PMH repositories give them",
        },
        at("biblio.formats.dc_items:read_dublin_core"),
        at("biblio.formats.dublin_core:write_dublin_core"),
        at("biblio.formats.dc_items:looks_like_dublin_core"),
    ),
    Format(
        "json-ld",
        ".jsonld",
        "application/ld+json",
        {
            "fr": "Un graphe JSON-LD dans les termes de schema.org, pour le web et ses moteurs",
            "en": "A graph in JSON-LD, in the terms of schema.org, for the web and its search engines",
        },
        write=at("biblio.formats.json_ld:write_json_ld"),
    ),
)

FORMATS: Table[Format] = Table("biblio.formats", MappingProxyType({row.name: row for row in _ROWS}), row_of(Format))
