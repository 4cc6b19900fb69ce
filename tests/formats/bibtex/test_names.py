"""Names are taken apart as BibTeX takes them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import name_shown
from pybtex.database import Person

from biblio.formats.bibtex.latex import decode_plain
from biblio.formats.bibtex.names import parse_name, split_list, split_names

_words = st.sampled_from(["Jean", "de", "La", "van", "Dupont", "X.", "d'", "O'Neil", "{Von der}", "1er", "Éric", "ép."])
_part = st.lists(_words, min_size=1, max_size=4).map(" ".join)


@given(_part | st.tuples(_part, _part).map(", ".join) | st.tuples(_part, _part, _part).map(", ".join))
def test_the_parts_are_those_of_pybtex(typed: str) -> None:
    if typed.startswith("{") and typed.endswith("}") and typed.count("{") == 1:
        assert parse_name(typed).literal == typed[1:-1]
        return
    person = Person(typed)
    found = parse_name(typed)
    plain = [part.replace("{", "").replace("}", "") for part in person.prelast_names + person.last_names]
    behind = [part.replace("{", "").replace("}", "") for part in person.first_names + person.middle_names]
    if "," in typed and found.given != " ".join(behind):
        # « Dupont, Jean de »: BibTeX knows no particle behind a given name.
        assert " ".join(behind).startswith(f"{found.given} ")
        assert found.particle
    else:
        assert found.given == " ".join(behind)
        assert found.full_family.replace(" ", "") == "".join(plain).replace(" ", "")
        # BibTeX's particle runs to the last word in lower case, ours to the first that is not.
        assert not found.particle or person.prelast_names[: len(found.particle.split())] == found.particle.split()
    assert found.suffix == " ".join(person.lineage_names).replace("{", "").replace("}", "")


# Words with the markup of published files; not « {\o}rsted », which is small in BibTeX and not in pybtex, nor « \TeX »,
# which takes the blank behind it along.
_marked = st.sampled_from(
    r"""
    {\'E}mile \'Emile Ji\v{r}{\'\i} M{\"u}ller {\LaTeX} Fran{\c␣c}ois {Roux,␣II} {a␣b}
    J.-P. Jean~Paul de von O'Neil Groß (Franz) /O 2004 Dupont
    """.split()
).map(lambda word: word.replace("␣", " "))
_marked_part = st.lists(_marked, min_size=1, max_size=4).map(" ".join)


def _plain(words: list[str]) -> str:
    return " ".join(map(decode_plain, words)).replace("\u00a0", " ")


@given(st.tuples(_marked_part, _marked_part).map(", ".join) | _marked_part)
def test_the_words_of_a_name_with_markup_are_those_of_pybtex_and_none_is_lost(typed: str) -> None:
    """Which words are given names is pybtex's say; how far a particle runs is in the ledger of deviations."""
    if typed.startswith("{") and typed.endswith("}") and typed.count("{") == 1:
        return
    person, found = Person(typed), parse_name(typed)
    given_names = _plain([*person.first_names, *person.middle_names])
    family = _plain([*person.prelast_names, *person.last_names])
    ours = (found.given, found.full_family)
    assert sorted(" ".join(ours).split()) == sorted(f"{given_names} {family}".split())
    if found.given == given_names:
        assert found.full_family == family
    else:
        assert "," in typed
        assert given_names.startswith(f"{found.given} ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A and B", ["A", "B"]),
        ("A AND\n  B aNd C", ["A", "B", "C"]),
        ("and A and and B and", ["A", "B"]),
        ("{A and B}", ["{A and B}"]),
        ("{{A} and {B}}", ["{A}", "{B}"]),
        ("{A} and {B}", ["{A}", "{B}"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("Ferdinand and Andrew", ["Ferdinand", "Andrew"]),
        ("Band", ["Band"]),
        ("", []),
        ("and", []),
    ],
)
def test_lists(typed: str, expected: list[str]) -> None:
    assert split_list(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("A and others", "A and OTHERS", "A and et al.", "A et al.", r"A and \emph{et al.}"),
        *("A and al.", "A and al", "A and {al.}"),
    ],
)
def test_others(typed: str) -> None:
    parsed = split_names(typed)
    assert parsed.names.others
    assert [name_shown(person) for person in parsed.names.people] == ["A"]


def test_others_as_a_name() -> None:
    parsed = split_names("The others and Al, J. and Mothers, J.")
    assert not parsed.names.others
    assert [name_shown(person) for person in parsed.names.people] == ["others | The", "Al | J.", "Mothers | J."]


@given(st.text(st.sampled_from("aB {},~\\'\"=;.é-") | st.characters(codec="utf-8"), max_size=30))
def test_any_name_is_something(typed: str) -> None:
    parsed = split_names(typed)
    assert len(parsed.names.people) <= len(split_list(typed))
    assert set(parsed.faulty) <= {person.literal for person in parsed.names.people}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("José Ortega y Gasset", "Ortega y Gasset | José"),
        (r"Antoni Gaud\'{\i} i Cornet", "Gaudí i Cornet | Antoni"),
        ("Maria da Costa e Silva", "Costa e Silva | Maria | da"),
        ("Ortega y Gasset, José", "Ortega y Gasset | José"),
        ("y Gasset", "Gasset |  | y"),
        ("Gasset y Ortega", "Gasset y Ortega"),
        (r"Tr\'an, \DH \'uc", "Trán | Ðúc"),
        (r"S\o \'{e}n, A", "Søén | A"),
        (r"Anne Roux\footnote{Auteur correspondant}", "Roux | Anne (Auteur correspondant)"),
        (r"Roux, Anne \thanks{CNRS}", "Roux | Anne (CNRS)"),
        (r"Roux\thanks{CNRS, Paris}, Anne", "Roux | Anne (CNRS, Paris)"),
        (r"{INED\footnote{Paris}}", "[INED (Paris)]"),
    ],
)
def test_families_joined_and_commands_around_names(typed: str, shown: str) -> None:
    assert name_shown(parse_name(typed)) == shown
