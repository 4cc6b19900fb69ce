"""All that is done in a session, and how often."""

from __future__ import annotations

from collections.abc import Mapping

from robustness.sessions import dossiers, lots, outside, references, turns
from robustness.sessions.session import Deed

DEEDS: Mapping[str, Deed] = {
    "desk save": references.save,
    "desk new": references.new,
    "desk delete": references.delete,
    "desk type": references.change_type,
    "desk bulk": references.give_to_all,
    "desk rename": references.rename,
    "desk place": dossiers.place,
    "desk take": dossiers.take,
    "desk move": dossiers.move,
    "desk order": dossiers.order,
    "desk add section": dossiers.add_section,
    "desk remove section": dossiers.remove_section,
    "desk move section": dossiers.move_section,
    "desk import": lots.bring,
    "desk unite": lots.unite,
    "desk backup": lots.keep,
    "desk restore": lots.restore,
    "undo": turns.undo,
    "redo": turns.redo,
    "outside field": outside.field,
    "outside entry": outside.entry,
    "outside comment": outside.comment,
    "outside list": outside.listed,
    "look": outside.look,
}
WEIGHTS: Mapping[str, int] = {
    **dict.fromkeys(DEEDS, 2),
    "desk save": 10,
    "desk rename": 4,
    "desk unite": 3,
    "undo": 7,
    "redo": 4,
    "desk backup": 1,
    "look": 1,
    "outside entry": 1,
    "outside comment": 1,
}
# Each as often as it weighs.
BAG = tuple(name for name, weight in WEIGHTS.items() for _ in range(weight))
