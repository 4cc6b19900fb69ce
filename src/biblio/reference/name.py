"""A personal or corporate name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name (CSL name variables).

    A person has a ``family`` name, mostly a ``given`` one, perhaps a ``particle`` (*de*, *von*) and a ``suffix``
    (*Jr*). A corporate body, or a name that cannot be taken apart, is one ``literal``.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def full_family(self) -> str:
        """The particle and the family name, as they stand together in print: ``de La Fontaine``, ``d'Ormesson``."""
        joint = "" if not self.particle or self.particle.endswith(("'", "’", "-")) else " "
        return f"{self.particle}{joint}{self.family}".strip()


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names; ``others`` says that the source names more people than are listed (``and others``)."""

    people: tuple[Name, ...] = ()
    others: bool = False

    def __bool__(self) -> bool:
        return bool(self.people)
