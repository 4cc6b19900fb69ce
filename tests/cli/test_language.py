"""The language of messages, the help of every command, and how the command line is misused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli.running import BIB, Done, biblio, environment, rewrite

from biblio import __version__
from biblio.words.tables import interface

COMMANDS = ["build", "list", "show", "check", "verify", "init", "doctor", "explain", "schema", "help"]


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LC_ALL": "es_MX.UTF-8", "LANG": "fr_FR.UTF-8"}, "es"),
        ({"LANG": "C"}, "en"),
        ({"LANG": ""}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses(tmp_path: Path, env: dict[str, str], expected: str) -> None:
    done = biblio(tmp_path, "doctor", env={**environment(), **env})
    assert done.out.splitlines()[-1] == interface()["doctor_ok"][expected]


@pytest.mark.parametrize(
    "words", [["--lang", "en", "doctor"], ["doctor", "--lang=en"], ["--lang=fr", "doctor", "--lang", "en"]]
)
def test_an_option_chooses_before_it_wherever_it_stands(tmp_path: Path, words: list[str]) -> None:
    assert biblio(tmp_path, *words).out.splitlines()[-1] == "Everything is there."


@pytest.mark.parametrize(
    ("words", "word"), [(["--lang", "de", "list"], "de"), (["list", "--lang"], ""), (["--lang="], "")]
)
def test_a_language_that_biblio_does_not_speak(tmp_path: Path, words: list[str], word: str) -> None:
    done = biblio(tmp_path, *words)
    assert (done.code, done.out, done.err) == (2, "", f"langue inconnue : {word} (il y a fr, en, es)\n")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_a_sentence_and_one_for_each_option(tmp_path: Path, command: str, lang: str) -> None:
    done = biblio(tmp_path, command, "--help", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    sentences = {name: folded(values[lang]) for name, values in interface().items()}
    shown = folded(done.out)
    assert sentences[f"{command}_help"] in shown
    # Names of sentences are never shown in their place, and every option is followed by words.
    assert not [name for name in interface() if re.search(rf"\b{name}\b", shown) and "_" in name]
    for option in re.findall(r"^  (-\S+.*)$", done.out, re.MULTILINE):
        assert re.search(r"\S {2,}\S|>$", option), option


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_help_lists_every_command_with_its_sentence(tmp_path: Path, lang: str) -> None:
    helped = biblio(tmp_path, "--help", "--lang", lang)
    assert (helped.code, helped.err) == (0, "")
    for command in COMMANDS:
        assert f"{command} {folded(interface()[f'{command}_help'][lang])}" in folded(helped.out)
    assert biblio(tmp_path, "--lang", lang) == helped


def test_the_help_in_french_has_no_english_left(tmp_path: Path) -> None:
    for command in ([], *([command] for command in COMMANDS)):
        shown = biblio(tmp_path, *command, "--help").out
        assert not re.search(r"\b(Usage:|Options:|Commands:|Arguments:|Show|Install|default|required|exit)\b", shown), (
            shown
        )


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version(tmp_path: Path, option: str) -> None:
    assert biblio(tmp_path, option) == Done(0, f"biblio {__version__}\n", "")


@pytest.mark.parametrize("words", [["-h"], ["help"], []], ids=str)
def test_the_help_has_several_names(tmp_path: Path, words: list[str]) -> None:
    assert biblio(tmp_path, *words) == biblio(tmp_path, "--help")


def test_the_help_of_a_command_has_several_names(tmp_path: Path) -> None:
    helped = biblio(tmp_path, "coverage", "--help")
    assert (helped.code, helped.err) == (0, "")
    assert biblio(tmp_path, "coverage", "-h") == biblio(tmp_path, "help", "coverage") == helped
    unknown = biblio(tmp_path, "help", "couverture")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith("erreur : il n'y a pas de commande « couverture ».")


@pytest.mark.parametrize("columns", ["20", "50", "80"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_sentence_of_the_help_is_cut(tmp_path: Path, lang: str, columns: str) -> None:
    shown = folded(biblio(tmp_path, "help", "--lang", lang, env=environment(COLUMNS=columns)).out)
    assert "..." not in shown.replace("[ARGS]...", "")
    for name, values in interface().items():
        if name.removesuffix("_help") in COMMANDS:
            assert folded(values[lang]) in shown
    assert lang == "en" or not re.search(r"\b(Install|Show|current|shell)\b", shown)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["frobnique"], "il n'y a pas de commande « frobnique »."),
        (["build", "--rapide"], "il n'y a pas d'option « --rapide »."),
        (["show"], "il manque « "),
        (["build", "--style"], "l'option « --style » demande une valeur."),
        (["explain", "D101", "D102"], "arguments en trop : D102"),
    ],
)
def test_misuse_is_said_in_french_and_points_to_the_help(tmp_path: Path, words: list[str], expected: str) -> None:
    done = biblio(tmp_path, *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"erreur : {expected}")
    assert done.err.endswith("biblio --help affiche l'aide.\n")


def test_misuse_in_english(tmp_path: Path) -> None:
    done = biblio(tmp_path, "frobnicate", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: No such command 'frobnicate'.\nbiblio --help shows the help.\n"


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LANG": ""}, {"PYTHONIOENCODING": "ascii"}])
def test_a_poor_terminal_loses_characters_and_nothing_else(project: Path, env: dict[str, str]) -> None:
    rewrite(project / BIB, "{2024-03}", "{été}")
    poor = {**environment(), **env}
    done = biblio(project, "build", "--format", "html", env=poor)
    assert done.code == 0
    assert "R301" in done.err
    assert "Un titre d’article" in (project / "build" / "premier-dossier.html").read_text(encoding="utf-8")
    for words in (["list"], ["check"], ["show", "exemple-2024-article"], ["explain"], ["schema"]):
        assert biblio(project, *words, env=poor).code == 0


def test_a_third_language_is_spoken_and_english_where_it_has_no_words(tmp_path: Path) -> None:
    assert biblio(tmp_path, "init", "essai", "--lang", "es").out.startswith("Proyecto creado en essai.")
    made = tmp_path / "essai"
    assert "Nada que señalar" in biblio(made, "check", "--lang", "es").out
    listed = biblio(made, "list", "--lang=es")
    assert "referencias" in listed.out
    assert biblio(made, "outline", "premier-dossier", "--lang", "es").code == 0
    told = biblio(made, "build", "nada", "--lang", "es")
    assert "error E102 unknown-dossier: no hay ningún dosier «nada» en dossiers/" in told.err
    assert "consejo: dosieres del proyecto: premier-dossier" in told.err
    explained = [biblio(made, "explain", "F101", "--lang", lang).out.splitlines() for lang in ("es", "en")]
    assert explained[0][2] == explained[1][2] != ""


@pytest.mark.parametrize("command", [*COMMANDS, "import", "add", "export", "diff", "new", "new-style"])
def test_every_command_has_help_in_a_third_language(tmp_path: Path, command: str) -> None:
    done = biblio(tmp_path, command, "--help", "--lang", "es")
    assert (done.code, done.err) == (0, "")
    name = f"{command.replace('-', '_')}_help"
    assert folded(interface()[name]["es"]) in folded(done.out)
