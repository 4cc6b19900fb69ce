"""What a notice is before and after it is understood: its paragraphs under a heading, and the fields made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from biblio.importing.printed.labels import Label
from biblio.importing.printed.paragraph import Paragraph


@dataclass(frozen=True, slots=True)
class Notice:
    """The paragraphs of one notice in their order.

    ``label`` is the type that is printed over it. ``heading`` is the title of the section that a notice without a title
    of its own speaks of. ``web`` says that it stands in a sitography.
    """

    paragraphs: tuple[Paragraph, ...]
    label: Label | None = None
    heading: str = ""
    web: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rest of a document says of each notice.

    ``bodies`` are the names of bodies with a comma of their own, folded; ``link_size`` the size in which links are set
    where it is not that of other text, else 0.
    """

    bodies: frozenset[str] = frozenset()
    link_size: float = 0


@dataclass(slots=True)
class Reading:
    """A notice by one grammar: its type and fields as records take them.

    ``share`` says how sure it is that the notice is of this grammar, from 0 to 1; ``left`` is text that no field has.
    """

    entry_type: str = "misc"
    fields: dict[str, str | Sequence[str]] = field(default_factory=dict)
    share: float = 0
    left: list[str] = field(default_factory=list)

    def put(self, values: Mapping[str, str | Sequence[str]]) -> None:
        """Adds the fields that have a value and are not known yet."""
        for name, value in values.items():
            if value and name not in self.fields:
                self.fields[name] = value
