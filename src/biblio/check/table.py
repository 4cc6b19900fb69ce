"""The table of rules, one row a rule, by what they look at.

A rule is its row here, its function, and its words in the table of faults, which also has its severity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from biblio.check.finding import Rule, Safety
from biblio.check.rules import (
    addresses,
    bodies,
    consistency,
    dates,
    dossiers,
    duplicates,
    fields,
    identifiers,
    left_out,
    name_lists,
    names,
    notice,
    page_numbers,
    printing,
    punctuation,
    sheets,
    spelling,
)
from biblio.check.rules.sketch import Sketch
from biblio.plugins import Table
from biblio.reference.reference import Reference
from biblio.words.tables import Severity, faults

NONE, SAFE, TRANSCRIBED, UNSAFE = Safety.NONE, Safety.SAFE, Safety.TRANSCRIBED, Safety.UNSAFE

# One reference.
REFERENCE: tuple[Rule[Reference], ...] = (
    Rule("R103", fields.missing_title),
    Rule("R104", fields.missing_date),
    Rule("R105", fields.missing_journal),
    Rule("R106", fields.missing_responsibility),
    Rule("R107", fields.missing_host),
    Rule("R108", fields.missing_school),
    Rule("R109", fields.missing_address),
    Rule("R110", fields.misplaced_field),
    Rule("R111", fields.empty_field),
    Rule("R112", fields.misspelt_field, UNSAFE, replaces="R102"),
    Rule("R113", fields.old_field_name, SAFE, default=False),
    Rule("R114", fields.misspelt_type, replaces="R101"),
    Rule("R115", fields.program_leavings, UNSAFE, replaces="P129"),
    Rule("R116", fields.publisher_in_edition, UNSAFE),
    Rule("R117", fields.unread_access, UNSAFE),
    Rule("R118", fields.host_in_another_field, UNSAFE),
    Rule("R203", identifiers.invalid_doi),
    Rule("R204", identifiers.doi_as_address, SAFE),
    Rule("R205", identifiers.doi_in_url, UNSAFE),
    Rule("R206", identifiers.invalid_isbn),
    Rule("R207", identifiers.invalid_issn),
    Rule("R208", identifiers.labelled_identifier, SAFE),
    Rule("R209", identifiers.issn_without_hyphen, SAFE),
    Rule("R210", identifiers.invalid_orcid),
    Rule("R211", addresses.truncated_address),
    Rule("R212", addresses.plain_http, UNSAFE),
    Rule("R213", addresses.malformed_address, replaces="R201"),
    Rule("R214", addresses.punctuated_address, UNSAFE),
    Rule("R215", addresses.tracking_parameters, UNSAFE),
    Rule("R216", addresses.escaped_address, SAFE),
    Rule("R217", addresses.private_address),
    Rule("R218", addresses.repeated_address),
    Rule("R219", addresses.address_elsewhere, UNSAFE),
    Rule("R221", addresses.lookalike_host),
    Rule("R222", addresses.address_with_password, replaces="R201"),
    Rule("R223", addresses.mail_headers, replaces="R201"),
    Rule("R224", identifiers.exchanged_numbers, UNSAFE),
    Rule("R225", identifiers.invalid_deposit),
    Rule("R305", dates.impossible_day, replaces="R301"),
    Rule("R306", dates.reversed_dates),
    Rule("R307", dates.implausible_year),
    Rule("R308", dates.date_in_words, SAFE, replaces="R301"),
    Rule("R309", dates.date_with_slashes, UNSAFE, replaces="R301"),
    Rule("R310", dates.unpadded_date, SAFE, replaces="R301"),
    Rule("R311", dates.dates_disagree),
    Rule("R312", dates.consulted_before_published),
    Rule("R313", page_numbers.reversed_pages),
    Rule("R314", page_numbers.shortened_pages, UNSAFE),
    Rule("R315", page_numbers.pages_label, SAFE),
    Rule("R316", page_numbers.spaced_pages, SAFE),
    Rule("R317", page_numbers.odd_dash, SAFE),
    Rule("R318", page_numbers.extent_label, SAFE),
    Rule("R319", page_numbers.extent_in_pages, UNSAFE, replaces="R302"),
    Rule("R320", page_numbers.numbering_label, SAFE),
    Rule("R321", dates.catalogued_date, UNSAFE, replaces="R301"),
    Rule("R322", page_numbers.commas_in_pages, SAFE),
    Rule("R402", names.name_in_capitals, UNSAFE),
    Rule("R403", names.swapped_name, UNSAFE),
    Rule("R404", name_lists.et_al_as_name, SAFE),
    Rule("R405", names.undotted_initials, UNSAFE),
    Rule("R406", name_lists.names_joined_by_semicolon, SAFE, replaces="R401"),
    Rule("R407", name_lists.names_joined_by_et, UNSAFE, replaces="R401"),
    Rule("R408", names.foreign_accent),
    Rule("R409", bodies.body_as_person, UNSAFE),
    Rule("R410", names.title_before_name, UNSAFE),
    Rule("R411", names.role_in_name),
    Rule("R412", names.repeated_name),
    Rule("R413", names.anonymous_name),
    Rule("R414", names.mark_in_name, UNSAFE),
    Rule("R416", bodies.body_cut_in_two, UNSAFE),
    Rule("R417", names.family_name_first, UNSAFE),
    Rule("R418", name_lists.names_joined_by_comma, UNSAFE, replaces="R401"),
    Rule("R419", bodies.body_cut_by_and, UNSAFE),
    Rule("R421", name_lists.names_joined_by_slash, UNSAFE),
    Rule("R422", names.misplaced_suffix, UNSAFE),
    Rule("R423", names.article_in_given_name, UNSAFE),
    Rule("R424", bodies.person_in_braces, UNSAFE),
    Rule("F301", notice.missing_annotation, default=False),
    Rule("F302", notice.typed_provenance, SAFE),
    Rule("F303", notice.annotation_without_provenance),
    Rule("F304", notice.unmarked_foreign_title, UNSAFE, once=True),
    Rule("F305", notice.unknown_language),
    Rule("F306", notice.annotation_repeats_title),
    Rule("F307", notice.annotation_without_stop, UNSAFE),
    Rule("F308", notice.stop_after_title, UNSAFE),
    Rule("F309", notice.title_in_capitals),
    Rule("F311", notice.trailing_mark, UNSAFE),
    Rule("F312", notice.title_typed_twice, UNSAFE),
    Rule("F313", notice.half_escaped_accent, UNSAFE),
)

# A passage of running text in French, and of any language.
FRENCH: tuple[Rule[str], ...] = (
    Rule("F101", spelling.unaccented_capital, TRANSCRIBED),
    Rule("F102", spelling.missing_ligature, TRANSCRIBED),
    Rule("F103", spelling.long_ordinal, TRANSCRIBED),
    Rule("F104", spelling.misspelt_region, TRANSCRIBED),
    Rule("F105", spelling.repeated_word, UNSAFE),
    Rule("F106", spelling.lone_letter),
    Rule("F107", spelling.dotted_acronym, TRANSCRIBED),
    Rule("F108", spelling.wrong_abbreviation, UNSAFE),
    Rule("F109", spelling.misspelling, TRANSCRIBED),
    Rule("F201", punctuation.straight_quotes, SAFE),
    Rule("F203", punctuation.space_before_comma, SAFE),
    Rule("F206", punctuation.wrong_degree_sign, SAFE),
)
TEXT: tuple[Rule[str], ...] = (
    Rule("F202", punctuation.double_space, SAFE),
    Rule("F204", punctuation.no_space_after_comma, TRANSCRIBED),
    Rule("F205", punctuation.odd_apostrophe, SAFE),
    Rule("F207", punctuation.unbalanced_quotes),
    Rule("F208", punctuation.unbalanced_brackets),
    Rule("F209", punctuation.etc_with_ellipsis, TRANSCRIBED),
    Rule("F210", punctuation.mojibake, SAFE),
    Rule("F211", punctuation.html_entity, SAFE),
    Rule("F212", punctuation.html_tag),
    Rule("F213", punctuation.invisible_character, SAFE, replaces="P116"),
)

# What is compared of all the references together.
COMPARED: tuple[Rule[Sequence[Sketch]], ...] = (
    Rule("R415", names.name_variants),
    Rule("R420", bodies.braced_elsewhere, UNSAFE),
    Rule("R501", duplicates.same_doi),
    Rule("R502", duplicates.same_isbn),
    Rule("R503", duplicates.same_address),
    Rule("R504", duplicates.near_duplicate),
    Rule("F401", consistency.journal_variants),
    Rule("F402", consistency.publisher_variants, default=False),
    Rule("F403", consistency.keyword_variants),
)

# The text of a whole file.
FILE: tuple[Rule[str], ...] = (Rule("F214", punctuation.accent_apart, SAFE),)

# The dossiers of a project, a sheet of a style, and the text that a notice prints.
DOSSIERS: tuple[Rule[dossiers.Dossiers], ...] = (
    Rule("D301", dossiers.repeated_heading),
    Rule("D302", dossiers.reference_placed_twice),
    Rule("D303", dossiers.reference_after_dossier),
    Rule("D304", dossiers.unprinted_reference, default=False),
)
IN_PRINT: tuple[Rule[left_out.InPrint], ...] = (Rule("F310", left_out.field_left_out),)
SHEETS: tuple[Rule[printing.Sheet], ...] = (
    Rule("S101", printing.remote_resource),
    Rule("S102", printing.missing_asset),
    Rule("S103", sheets.not_css),
)
PRINTED: tuple[Rule[str], ...] = (Rule("W107", printing.unbreakable_word),)

# What rules look at, each with our rules for it.
SUBJECTS: Mapping[str, tuple[Rule[Any], ...]] = MappingProxyType(
    {
        "reference": REFERENCE,
        "french": FRENCH,
        "text": TEXT,
        "compared": COMPARED,
        "library": (),  # the references themselves, for rules of others
        "file": FILE,
        "dossiers": DOSSIERS,
        "in print": IN_PRINT,
        "sheet": SHEETS,
        "printed": PRINTED,
    }
)


def _row(given: object) -> tuple[str, Rule[Any]] | None:
    usable = isinstance(given, Rule) and given.subject in SUBJECTS and given.fault and given.fault.code == given.code
    return (given.code, given) if isinstance(given, Rule) and usable else None


RULES: Table[Rule[Any]] = Table(
    "biblio.rules", {rule.code: rule for rules in SUBJECTS.values() for rule in rules}, _row
)


def rules_about(subject: str) -> tuple[Rule[Any], ...]:
    """The rules that look at ``subject``, a name of ``SUBJECTS``: ours, then those of installed packages."""
    return (*SUBJECTS[subject], *(rule for rule in RULES.added.values() if rule.subject == subject))


def not_stopping() -> frozenset[str]:
    """The errors that ``biblio build`` does not look for: those of rules, which ``biblio check`` alone applies."""
    return frozenset(code for code in RULES if faults()[code].severity is Severity.ERROR)
