"""What a check is asked: which codes, in which files, and which pairs of notices are known not to be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType

from biblio.text.collation import fold_key


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a check.

    ``select`` and ``ignore`` hold codes (``F101``) or prefixes (``F``, ``R2``); without ``select`` every rule runs
    that runs by default. ``per_file`` maps a pattern of paths (``references/anciens/*.bib``) to what is ignored
    there. ``accepted`` are the pairs of citekeys that look alike and are not duplicates. ``baseline`` names the file
    of known faults.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    accepted: tuple[tuple[str, str], ...] = ()
    baseline: str = ""

    def wants(self, code: str, *, default: bool = True) -> bool:
        """Whether a code is to be reported: the longest prefix that names it decides, ``ignore`` if both are equal."""
        chosen = _longest(code, self.select) if self.select else 0
        if self.select and not chosen:
            return False
        if not default and code not in self.select:
            return False
        refused = _longest(code, self.ignore)
        return not refused or refused < chosen

    def wants_in(self, code: str, path: str) -> bool:
        """Whether a code is to be reported in that file, as far as the exceptions by file go."""
        return not any(
            fnmatchcase(path, pattern) and _longest(code, ignored) for pattern, ignored in self.per_file.items()
        )

    @property
    def accepted_pairs(self) -> frozenset[frozenset[str]]:
        """The accepted pairs, their keys folded, in no order."""
        return frozenset(frozenset({fold_key(first), fold_key(second)}) for first, second in self.accepted)


def _longest(code: str, prefixes: tuple[str, ...]) -> int:
    """The length of the longest of ``prefixes`` that ``code`` begins with; 0 when none does."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
