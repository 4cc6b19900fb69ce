"""A query as a row of chips, a field with its values each, and back: what chips cannot say stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from biblio.dossier.query import Query
from biblio.editing.yaml_tree import Data
from biblio.yaml_model.keys import keys_of

# The fields that a chip may have: all but what joins queries.
FIELDS = tuple(name for name, key in keys_of(Query).items() if key.shape.value.control != "objects")
_BOOLEANS = {
    **dict.fromkeys(("oui", "yes", "true", "vrai"), True),
    **dict.fromkeys(("non", "no", "false", "faux"), False),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A field and its values, parted by commas, one of which a reference has; ``refused``: none of which it has."""

    field: str
    values: str
    refused: bool = False


def chips_of(query: Data, yes: str, no: str) -> tuple[list[Chip], dict[str, Data]]:
    """The chips of a query as the spec has it, and the conditions that no chip says; true and false are worded."""
    if not isinstance(query, dict):
        return [], {}
    chips, rest = [], {}
    for name, value in query.items():
        listed = value if name == "none" and isinstance(value, list) else [value]
        inner = [_chip(each, yes, no) for each in listed] if name == "none" else [_chip({name: value}, yes, no)]
        found = [each for each in inner if each]
        if len(found) == len(inner):
            chips += [Chip(each.field, each.values, name == "none") for each in found]
        else:
            rest[name] = value
    return chips, rest


def query_of(chips: Iterable[Chip], rest: Mapping[str, Data]) -> dict[str, Data]:
    """The query that chips and the conditions beside them say. Two chips of one field are one."""
    wanted: dict[str, list[Data]] = {}
    refused: dict[str, list[Data]] = {}
    for chip in chips:
        if chip.field in FIELDS and (values := list(_values(chip))):
            into = (refused if chip.refused else wanted).setdefault(chip.field, [])
            into += [value for value in values if value not in into]
    query: dict[str, Data] = {name: _one_or_more(values) for name, values in wanted.items()}
    none: list[Data] = [{name: _one_or_more(values)} for name, values in refused.items()]
    query |= {name: value for name, value in rest.items() if name not in query}
    if none:
        other = query.get("none")
        query["none"] = _one_or_more([*(other if isinstance(other, list) else [other] if other else []), *none])
    return query


def _chip(query: Data, yes: str, no: str) -> Chip | None:
    """The chip that says one condition; ``None`` where none does."""
    if not isinstance(query, dict) or len(query) != 1:
        return None
    ((name, value),) = query.items()
    values = value if isinstance(value, list) else [value]
    if name not in FIELDS or not values or any(isinstance(each, list | dict) or each is None for each in values):
        return None
    said = [(yes if each else no) if isinstance(each, bool) else str(each) for each in values]
    return None if any("," in each for each in said) else Chip(name, ", ".join(said))


def _values(chip: Chip) -> Iterable[Data]:
    is_boolean = keys_of(Query)[chip.field].shape.value.control == "boolean"
    for word in (each.strip() for each in chip.values.split(",")):
        if word:
            yield _BOOLEANS.get(word.lower(), word) if is_boolean else word


def _one_or_more(values: Sequence[Data]) -> Data:
    return values[0] if len(values) == 1 else list(values)
