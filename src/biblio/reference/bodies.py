"""Lists of publishers and places that the reader cut at an « and » which belonged to a name, put together again.

biblatex reads « and » in such a list as the end of an item (manual § 2.2.1), so that « Farrar, Straus, and Giroux »
typed without braces becomes two houses.
"""

from __future__ import annotations

from collections.abc import Sequence

from biblio.reference.body_names import continues_a_body, goes_on_in_french

# How the second half of a cut name begins: no house and no body has such a word alone for its name.
_FRENCH_HALVES = frozenset("associés associées cie fils filles frères partenaires".split())
_SECOND_HALVES = _FRENCH_HALVES | frozenset("associates bros brothers co company daughters partners sons".split())
# Houses with two names, as they end before « and » and begin behind it.
_HOUSES = frozenset(
    {
        ("taylor", "francis"),
        ("simon", "schuster"),
        ("chapman", "hall"),
        ("prentice", "hall"),
        ("chatto", "windus"),
        ("allen", "unwin"),
        ("rinehart", "winston"),
        ("harper", "row"),
        ("secker", "warburg"),
        ("faber", "faber"),
        ("lippincott", "wilkins"),
        ("williams", "wilkins"),
        ("rowman", "littlefield"),
        ("weidenfeld", "nicolson"),
        ("hodder", "stoughton"),
        ("eyre", "spottiswoode"),
        ("straus", "giroux"),
        ("routledge", "kegan"),
        ("barnes", "noble"),
    }
)


def joined_again(values: Sequence[str], conjunction: str = "and") -> tuple[str, ...]:
    """The items of a list, those that are halves of one name in one.

    The ``conjunction`` is between those of a list by commas and of French names; « Henry Holt and Company », which is
    one name, keeps its own.
    """
    joined: list[str] = []
    for value in values:
        if joined and _is_cut(joined[-1], value):
            before = joined[-1]
            between = conjunction if _is_by_commas(before) or _is_french(before, value) else "and"
            joined[-1] = f"{joined[-1].rstrip(' ,')} {between} {value}"
        elif joined and joined[-1].endswith(","):
            joined[-1:] = [joined[-1].rstrip(" ,"), value]
        else:
            joined.append(value)
    return tuple(joined)


def _is_cut(before: str, after: str) -> bool:
    """Whether two items are the halves of one: the end of a list by commas, or a second that cannot stand alone."""
    if _is_by_commas(before):
        return True
    ending, beginning = before.rstrip(" ,").split()[-1:], after.split()[:1]
    if not (ending and beginning):
        return False
    word = beginning[0].strip(".,").lower()
    if word in _SECOND_HALVES or (ending[0].strip(".,").lower(), word) in _HOUSES:
        return True
    return continues_a_body(before, after)


def _is_french(before: str, after: str) -> bool:
    """Whether the second half of a name is in French: « Plon and Cie », « Ministère de la santé and des sports »."""
    return after.split()[0].strip(".,").lower() in _FRENCH_HALVES or goes_on_in_french(before, after)


def _is_by_commas(before: str) -> bool:
    return before.endswith(",") and "," in before.rstrip(" ,")
