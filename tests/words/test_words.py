"""The tables of words: both languages everywhere, the same placeholders, and no entry that the program does not use."""

from __future__ import annotations

import ast
import pickle
import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

import pytest
from sources import GROUP, PACKAGE, nodes, trees

from biblio.cli.app import COMMANDS, sentence_of
from biblio.words.faults import BiblioError, diagnose
from biblio.words.language import Language
from biblio.words.tables import (
    LANGUAGES,
    Severity,
    desk,
    document_languages,
    faults,
    interface,
    library_words,
    message_languages,
    reasons,
    say,
    site,
    term,
    terms,
    worded,
)

pytestmark = GROUP
TEMPLATES = [path.read_text("utf-8") for path in PACKAGE.rglob("*.j2")]
SCREENS = [
    path.read_text("utf-8") for room in ("server", "site") for path in (PACKAGE / room / "templates").glob("*.j2")
]
CODE = re.compile(r"[CDEFLPRSW]\d{3}")
# The modules that have values made, where what reports a fault adds the name of the field.
REPORT_FIELDS = {f"formats/bibtex/{name}.py" for name in ("convert", "converters", "entry", "inherit", "links")}
FAMILIES = {
    "E": "the machine",
    "C": "the configuration",
    "P": "reading",
    "R": "references",
    "F": "French and the notice",
    "D": "dossiers",
    "S": "style sheets",
    "W": "rendering",
    "L": "links",
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def strings(node: ast.AST) -> Iterator[str]:
    """Every string of a tree."""
    for each in nodes(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


@cache
def calls_with_a_code() -> tuple[tuple[str, str, set[str]], ...]:
    return tuple(_calls_with_a_code())


def _calls_with_a_code() -> Iterator[tuple[str, str, set[str]]]:
    """Each use of a code: the code, the function called, and the names of the arguments given."""
    for path, module in trees("src/biblio").items():
        name = path.relative_to(PACKAGE).as_posix()
        for node in nodes(module):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = {keyword.arg or "**" for keyword in node.keywords}
            for argument in node.args:
                if isinstance(argument, ast.Dict):
                    given |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
            if name in REPORT_FIELDS and function == "report":
                given.add("field")  # the report of an entry on its way adds it
            first = node.args[0]
            for choice in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                code = choice.value if isinstance(choice, ast.Constant) else None
                if isinstance(code, str) and CODE.fullmatch(code):
                    yield code, function, given


@pytest.mark.parametrize("code", faults())
def test_a_fault_speaks_both_languages(code: str) -> None:
    fault = faults()[code]
    assert CODE.fullmatch(code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.name)
    assert fault.severity in Severity
    for text in (fault.message, fault.hint, fault.why):
        assert tuple(text)[:2] in ((), LANGUAGES)
        assert set(text) <= set(message_languages())
        assert text is fault.why or len({frozenset(placeholders(sentence)) for sentence in text.values()}) <= 1
        assert all(sentence.strip() == sentence != "" for sentence in text.values())
    assert fault.message["fr"] != fault.message["en"]


@pytest.mark.parametrize("lang", message_languages()[2:])
def test_a_file_of_messages_has_none_that_biblio_does_not_say(lang: str) -> None:
    file = tomllib.loads((PACKAGE / f"words/messages.{lang}.toml").read_text("utf-8"))
    assert {"interface", "faults"} <= file.keys() <= {"interface", "desk", "faults"}
    assert file["interface"].keys() <= interface().keys()
    assert file.get("desk", {}).keys() <= desk().keys()
    for code, parts in file["faults"].items():
        told = {"message": faults()[code].message, "hint": faults()[code].hint, "why": faults()[code].why}
        assert {part: told[part][lang] for part in parts} == parts
        assert all("en" in told[part] for part in parts)


def test_what_a_language_has_no_words_for_is_said_in_english() -> None:
    assert worded({"fr": "un", "en": "one"}, "es") == "one"
    assert worded({}, "es") == ""
    assert say("verify_unknown", "es", file="a") == say("verify_unknown", "en", file="a")
    assert say("current", "es", slug="a") == "a: al día"


def test_a_name_belongs_to_one_code_of_its_family() -> None:
    names = [(code[0], fault.name) for code, fault in faults().items()]
    assert len(names) == len(set(names))
    assert {code[0] for code in faults()} == FAMILIES.keys()


def test_codes_stand_in_their_order() -> None:
    for family in FAMILIES:
        codes = [code for code in faults() if code[0] == family]
        assert codes == sorted(codes)


def test_every_code_of_the_program_is_in_the_table() -> None:
    assert {code for code, _, _ in calls_with_a_code()} <= faults().keys()
    assert {function for _, function, _ in calls_with_a_code()} <= {
        "diagnose",
        "report",
        "tell",
        "Mistake",
        "SyntaxFault",
        "Rule",
    }


def test_every_code_of_the_table_is_used() -> None:
    in_text = {value for module in trees("src/biblio").values() for value in strings(module) if CODE.fullmatch(value)}
    assert faults().keys() == {code for code, _, _ in calls_with_a_code()} | (in_text & {"P114", "P115"})


# A rule's findings are in its case (tests/check/cases); what a fault of syntax says is filled where it is caught.
FILLED_ELSEWHERE = ("Rule", "SyntaxFault")


def test_whoever_reports_fills_every_placeholder() -> None:
    for code, function, given in calls_with_a_code():
        if "**" not in given and function not in FILLED_ELSEWHERE:
            fault = faults()[code]
            for sentence in (*fault.message.values(), *fault.hint.values()):
                assert placeholders(sentence) <= given, code


TABLES: list[tuple[str, Mapping[str, str], tuple[str, ...]]] = [
    *((name, entry, LANGUAGES) for name, entry in interface().items()),
    *((name, entry, LANGUAGES) for name, entry in desk().items()),
    *((name, entry, LANGUAGES) for name, entry in site().items()),
    *((name, entry, document_languages()) for name, entry in terms().items()),
]


@pytest.mark.parametrize(("name", "entry", "languages"), TABLES, ids=[name for name, *_ in TABLES])
def test_a_sentence_and_a_term_speak_every_language(
    name: str, entry: Mapping[str, str], languages: tuple[str, ...]
) -> None:
    assert tuple(entry)[: len(languages)] == languages
    assert set(entry) <= {*languages, *message_languages()}
    assert len({frozenset(placeholders(sentence)) for sentence in entry.values()}) == 1
    assert all(entry.values()), name


def test_the_words_of_the_library_are_patterns_and_their_translations() -> None:
    for row in (*library_words(), *reasons()):
        assert row.keys() == set(LANGUAGES)
        pattern = re.compile(row["en"])
        assert {int(number) for number in re.findall(r"\\(\d)", row["fr"])} <= set(range(1, pattern.groups + 1))


@cache
def names_used() -> tuple[set[str], set[str]]:
    """The strings of the program, and the beginnings of those that are put together (``f"state_{state}"``)."""
    whole = {value for module in trees("src/biblio").values() for value in strings(module)}
    beginnings = {
        joined.values[0].value
        for module in trees("src/biblio").values()
        for joined in nodes(module)
        if isinstance(joined, ast.JoinedStr) and isinstance(joined.values[0], ast.Constant)
    }
    in_templates = {name for template in TEMPLATES for name in re.findall(r"\"([a-z_]+\.\w+)\"", template)}
    of_screens = {name for template in SCREENS for name in re.findall(r"\"([a-z_]+)\"", template)}
    put_together = {name for template in TEMPLATES for name in re.findall(r"term\(\"([\w.]+)\" ~", template)}
    put_together |= {name for template in SCREENS for name in re.findall(r"\bt\(\"([a-z_]+_)\" ~", template)}
    of_commands = set(map(sentence_of, COMMANDS))
    in_code = {each for each in beginnings if isinstance(each, str) and re.fullmatch(r"[a-z_]+[_.]", each)}
    return whole | in_templates | of_screens | of_commands, in_code | put_together


@pytest.mark.parametrize("name", [*interface(), *desk(), *site(), *terms()])
def test_no_sentence_is_left_over(name: str) -> None:
    whole, beginnings = names_used()
    said = name.removesuffix("_one") if name in site() else name  # the form of a sentence of the site for one
    assert {name, said} & whole or any(map(name.startswith, beginnings))


# A space before a sign, as French sets it, and its quotes.
_FRENCH = re.compile(r"[  \u202f][:;!?](?=\s|$)|[«»]")


@pytest.mark.parametrize(("words", "name"), [(words, name) for words in (desk, interface) for name in words()])
def test_english_is_not_set_as_french_is(words: Callable[[], Mapping[str, Mapping[str, str]]], name: str) -> None:
    assert not _FRENCH.search(words()[name]["en"])


def test_no_screen_sets_anything_as_one_language_does() -> None:
    for template in SCREENS:
        told = re.sub(r"\{[%#{].*?[%#}]\}", "", template, flags=re.DOTALL)
        assert not _FRENCH.search(told), told


def test_saying_fills_the_placeholders() -> None:
    assert say("current", "fr", slug="cas") == "cas : à jour"
    assert say("current", "en", slug="cas") == "cas: up to date"
    with pytest.raises(KeyError):
        say("rien", "fr")


def test_a_term_of_a_language_without_terms_is_english() -> None:
    assert term("month.2", "fr-CA") == "février"
    assert term("month.2", "it") == "February"
    with pytest.raises(KeyError):
        term("month.13", "fr")


def test_a_language_carries_the_words_of_its_house() -> None:
    house = Language("fr-CA", {"month.2": "févr."})
    assert [term("month.2", house), term("month.3", house), term("month.2", "fr-CA")] == ["févr.", "mars", "février"]
    again = pickle.loads(pickle.dumps(house))
    assert (again, term("month.2", again)) == ("fr-CA", "févr.")


def test_the_error_that_stops_carries_its_fault() -> None:
    fault = diagnose("E102", slug="rien", known="cas")
    error = BiblioError(fault)
    assert error.diagnostic is fault
    assert str(error) == "('E102', 'rien', 'cas')"
