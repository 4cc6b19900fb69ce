"""A pair that is two documents is noted in the file of settings, and nothing else of it changes."""

from __future__ import annotations

import pytest

from biblio.editing.settings_text import with_accepted

PAIR = ("a-2020", "b-2020")
NOTED = 'accepted-duplicates = [\n  ["a-2020", "b-2020"],\n]\n'


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", NOTED),
        ('ignore = ["R1"] # peu\n', f'ignore = ["R1"] # peu\n{NOTED}'),
        ('ignore = ["R1"]', f'ignore = ["R1"]\n{NOTED}'),
        ('[import]\nkey = "{auth}"\n', f'{NOTED}\n[import]\nkey = "{{auth}}"\n'),
        ("accepted-duplicates = []\n", 'accepted-duplicates = [["a-2020", "b-2020"]]\n'),
        ('accepted-duplicates = [["x", "y"]]', 'accepted-duplicates = [["a-2020", "b-2020"], ["x", "y"]]'),
        (
            'accepted-duplicates = [ # vus\n    ["x", "y"], # deux éditions\n]\n[import]\n',
            'accepted-duplicates = [ # vus\n    ["a-2020", "b-2020"],\n    ["x", "y"], # deux éditions\n]\n[import]\n',
        ),
        ("accepted-duplicates = [\n]\n", NOTED),
        (
            'accepted-duplicates = [\r\n  ["x", "y"]\r\n]\r\n',
            'accepted-duplicates = [\r\n  ["a-2020", "b-2020"],\r\n  ["x", "y"]\r\n]\r\n',
        ),
    ],
)
def test_a_pair_is_noted_where_the_others_are(text: str, after: str) -> None:
    assert with_accepted(text, "biblio.toml", PAIR) == after


def test_the_table_of_a_shared_file_has_it() -> None:
    text = '[project]\nname = "x"\n\n[tool.biblio]\nignore = ["R1"]\n\n[tool.other]\nx = 1\n'
    made = with_accepted(text, "pyproject.toml", PAIR)
    assert made == text.replace("[tool.biblio]\n", f"[tool.biblio]\n{NOTED}")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pas du [ toml", "biblio.toml"),
        ('[project]\nname = "x"\n', "pyproject.toml"),
        ('note = """\naccepted-duplicates = [\n"""\n[[x]]\n', "pyproject.toml"),
    ],
)
def test_what_is_not_understood_is_left_alone(text: str, name: str) -> None:
    assert with_accepted(text, name, PAIR) is None


def test_words_in_a_text_are_no_array() -> None:
    text = 'note = """\naccepted-duplicates = [\n"""\n'
    assert with_accepted(text, "biblio.toml", PAIR) == text + NOTED


def test_a_key_with_odd_characters_is_read_back() -> None:
    made = with_accepted("", "biblio.toml", ('a"b\\c', "é"))
    assert made == 'accepted-duplicates = [\n  ["a\\"b\\\\c", "é"],\n]\n'
