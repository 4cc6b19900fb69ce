"""The numbers of volumes and issues, with the label and the supplement that the source prints beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The labels that a volume or an issue may carry in place of the style's own (vol., n°), as sources print them.
LABELS = (
    *("tome", "tomes", "t.", "volume", "volumes", "vol.", "numéro", "numéros", "no.", "n°", "cahier", "cahiers"),
    *("livraison", "fascicule", "fascicules", "fasc."),
)

_NUMBERING = re.compile(
    rf"(?:(?P<label>{'|'.join(re.escape(label) for label in LABELS)})(?:\s+|(?=\d)|(?<=[.°])))?"
    r"(?P<value>\S.*?)"
    r"(?:[\s_,]{1,3}(?P<supplement>suppl(?:\.|ément)?(?:\s*\d+)?))?",
    re.IGNORECASE,
)

_DASH = re.compile(r"(?<=\d) ?[\u2012-\u2015] ?(?=\d)")  # a range has the hyphen of those of pages

_UNDERSCORE = re.compile(r"(?<=[A-Za-z])_(?=\d)")  # « Suppl_1 », as publishers export it

_LONGEST = 200  # characters: no number of a volume is longer


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number: ``value``, the ``label`` typed before it (empty: the style's) and its ``supplement`` (``suppl.``)."""

    value: str
    label: str = ""
    supplement: str = ""


def parse_numbering(value: str) -> Numbering:
    """Reads ``18``, ``tome 144``, ``no. 1 suppl.``, ``12-13``; whatever is not a known label stays in the value."""
    value = _UNDERSCORE.sub(" ", _DASH.sub("-", value.strip()))
    match = None if value.isdecimal() or len(value) > _LONGEST else _NUMBERING.fullmatch(value)
    if match is None:
        return Numbering(value)
    return Numbering(match["value"], match["label"] or "", match["supplement"] or "")
