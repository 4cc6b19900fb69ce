"""What a check is asked: codes, files, accepted pairs, comments, known faults, and the file of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from biblio.check.baseline import dumps, loads, unknown
from biblio.check.check import check, of_files
from biblio.check.config import configuration, settings_of
from biblio.check.settings import Settings
from biblio.project.settings import parse_settings
from biblio.project.source import SourceFile
from biblio.words.faults import BiblioError, Diagnostic

ETAT = "@misc{{{key}, annotation = {{l'Etat}}, url = {{http://exemple.fr/{key}}}}}\n"


def found(text: str, settings: Settings | None = None, path: str = "essai.bib") -> tuple[Diagnostic, ...]:
    return check(of_files([SourceFile(path, text.encode())]), settings or Settings())


def codes(text: str, settings: Settings | None = None, path: str = "essai.bib") -> list[str]:
    return [diagnostic.code for diagnostic in found(text, settings, path)]


# --- codes


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        ("", "", True),
        ("F", "", True),
        ("F1", "", True),
        ("F101", "", True),
        ("R", "", False),
        ("", "F", False),
        ("", "F2", True),
        ("F", "F101", False),
        ("F101", "F", True),
        ("F1", "F", True),
        ("F", "F", False),
        ("R F", "F1", False),
    ],
)
def test_the_longest_prefix_decides(select: str, ignore: str, wanted: bool) -> None:
    assert Settings(tuple(select.split()), tuple(ignore.split())).wants("F101") is wanted


def test_a_rule_on_request_runs_when_its_whole_code_is_selected() -> None:
    text = "@misc{a, title = {Un}}\n"
    assert "F301" not in codes(text)
    assert "F301" not in codes(text, Settings(select=("F",)))
    assert codes(text, Settings(select=("F301",))) == ["F301"]


def test_codes_are_ignored_by_file() -> None:
    settings = Settings(select=("F101", "R212"), per_file={"references/anciens/*.bib": ("F",)})
    assert codes(ETAT.format(key="a"), settings, "references/anciens/un.bib") == ["R212"]
    assert codes(ETAT.format(key="a"), settings, "references/un.bib") == ["F101", "R212"]


def test_an_accepted_pair_is_no_duplicate() -> None:
    text = "".join(f"@online{{{key}, title = {{T}}, url = {{https://a.fr/}}}}\n" for key in ("un", "deux", "trois"))
    select = ("R503",)
    assert len(found(text, Settings(select))) == 2
    (left,) = found(text, Settings(select, accepted=(("Deux", "un"),)))
    assert left.citekey == "trois"


# --- comments


def silenced(text: str) -> list[tuple[str, str | None]]:
    settings = Settings(select=("F101", "R212", "C"))
    return [(diagnostic.code, diagnostic.citekey) for diagnostic in found(text, settings)]


A, B, C = (ETAT.format(key=key) for key in "abc")
BOTH_A, BOTH_B, BOTH_C = ([("F101", key), ("R212", key)] for key in "abc")


def test_a_comment_above_an_entry_speaks_for_it() -> None:
    assert silenced(f"{A}\n% biblio: ignore F101\n{B}\n{C}") == [*BOTH_A, ("R212", "b"), *BOTH_C]
    assert silenced(f"{A}\n% biblio: ignore F101, R212\n{B}{C}") == [*BOTH_A, *BOTH_C]
    assert silenced(f"{A}\n%biblio:ignore f1 r2\n% une autre remarque\n{B}") == BOTH_A


def test_a_comment_right_above_the_first_entry_speaks_for_it_alone() -> None:
    assert silenced(f"% biblio: ignore F101\n{A}\n{B}") == [("R212", "a"), *BOTH_B]


def test_a_comment_at_the_top_speaks_for_the_file() -> None:
    assert silenced(f"% Titre\n% biblio: ignore F101\n\n{A}\n{B}") == [("R212", "a"), ("R212", "b")]
    assert silenced(f"{A}\n{B}% biblio: ignore-file F\n") == [("R212", "a"), ("R212", "b")]


def test_a_comment_speaks_for_every_line_of_its_entry() -> None:
    text = "% biblio: ignore F101\n@misc{a,\n  title = {Un},\n\n  note = {l'Etat},\n}\n\n" + B
    assert silenced(text) == BOTH_B


def test_the_reader_is_silenced_too() -> None:
    entry = "@misc{a, title = {Un}, couleur = {rouge}}\n"
    assert codes(entry) == ["R102"]
    assert codes(f"% biblio: ignore R102\n{entry}") == []


def test_a_comment_that_is_not_needed_is_noted() -> None:
    (noted,) = found(f"% biblio: ignore F101, F102\n{A}", Settings(select=("C", "F1")))
    assert (noted.code, noted.arguments["code"]) == ("C106", "F102")
    # Nobody looked for the code: whether it is needed is not known.
    assert found(f"% biblio: ignore F101, F102\n{A}", Settings(select=("C", "F101"))) == ()


def test_a_comment_that_is_not_understood_is_reported() -> None:
    assert silenced(f"% biblio: ignor F101\n{A}") == [("C107", None), *BOTH_A]
    assert silenced(f"% biblio: ignore Z\n{A}") == [("C107", None), *BOTH_A]


# --- known faults


def test_a_baseline_knows_faults_whatever_their_line() -> None:
    known = loads(dumps(found(A)))
    assert unknown(found(A), known) == ()
    assert unknown(found(f"\n\n\n% remarque\n{A}"), known) == ()
    assert {diagnostic.citekey for diagnostic in unknown(found(A + B), known)} == {"b"}


def test_a_baseline_counts() -> None:
    once, twice = "@misc{a, note = {l'Etat}}\n", "@misc{a, note = {l'Etat et l'Etat}}\n"
    settings = Settings(select=("F101",))
    assert len(unknown(found(twice, settings), loads(dumps(found(once, settings))))) == 1
    assert unknown(found(once, settings), loads(dumps(found(twice, settings)))) == ()


def test_a_baseline_is_sorted_and_ends_with_a_line() -> None:
    text = dumps(found(B + A))
    assert text == dumps(reversed(found(B + A)))
    assert text.endswith("}\n")
    assert loads(dumps(())) == {}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "faults": []}', '{"version": 1, "faults": [["a"]]}'])
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        loads(text)


# --- the file of settings

EXAMPLE = """
select = ["R", "f"]
ignore = ["R212, F107"]
baseline = "connues.json"
accepted-duplicates = [["un", "deux"]]

[per-file-ignores]
"references/anciens/*.bib" = ["F"]
"""


def parsed(text: str, name: str) -> Settings | None:
    file = parse_settings(text, name)
    return None if file is None else settings_of(file)


def test_the_settings_of_a_file() -> None:
    settings = parsed(EXAMPLE, "biblio.toml")
    assert settings == Settings(
        select=("R", "F"),
        ignore=("R212", "F107"),
        per_file={"references/anciens/*.bib": ("F",)},
        accepted=(("un", "deux"),),
        baseline="connues.json",
    )


def test_the_settings_may_be_those_of_a_python_project() -> None:
    text = '[project]\nname = "x"\n[tool.biblio]\nignore = ["R212"]\n'
    assert parsed(text, "pyproject.toml") == Settings(ignore=("R212",))
    assert parsed('[project]\nname = "x"\n', "pyproject.toml") is None


def test_the_nearest_settings_count(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert configuration(inner) == Settings()
    (tmp_path / "pyproject.toml").write_text('[tool.biblio]\nignore = ["F1"]\n', encoding="utf-8")
    assert configuration(inner).ignore == ("F1",)
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.autre]\n", encoding="utf-8")
    assert configuration(inner).ignore == ("F1",)
    (tmp_path / "a" / "pyproject.toml").write_text("tool = 3\n", encoding="utf-8")
    assert configuration(inner).ignore == ("F1",)
    (inner / "biblio.toml").write_text('ignore = ["F2"]\n', encoding="utf-8")
    assert configuration(inner).ignore == ("F2",)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("select = [", "C101", 1),
        (f"select = {'9' * 5000}", "C101", 1),
        (f"select = {'[' * 100_000}", "C101", 1),
        ('\nselct = ["R"]', "C102", 2),
        ('select = "R"', "C102", 1),
        ("select = [1]", "C102", 1),
        ('per-file-ignores = ["R"]', "C102", 1),
        ('accepted-duplicates = [["un"]]', "C102", 1),
        ("baseline = 3", "C102", 1),
        ('ignore = ["R2",\n"Z9"]', "C103", 2),
        ('[per-file-ignores]\n"a.bib" = ["Z"]', "C103", 2),
    ],
)
def test_settings_that_are_not_understood_stop_the_command(text: str, code: str, line: int) -> None:
    with pytest.raises(BiblioError) as raised:
        parsed(text, "biblio.toml")
    diagnostic = raised.value.diagnostic
    assert (diagnostic.code, diagnostic.span and diagnostic.span.line) == (code, line)
