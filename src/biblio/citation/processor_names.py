"""How the styles of citation processors are named in ``citation:``, the key of a style."""

from __future__ import annotations

from typing import NamedTuple


class Processor(NamedTuple):
    """How the styles of a processor are named: a prefix, then a file with that suffix, or a name."""

    prefix: str
    suffix: str = ""
    what: str = "FILE"

    @property
    def form(self) -> str:
        """The form of a name, for messages."""
        return f"{self.prefix}{self.what}{self.suffix}"


CSL, PYBTEX, BST = Processor("csl:", ".csl"), Processor("pybtex:", what="STYLE"), Processor("bst:", ".bst")


def processor_of(citation: str) -> tuple[str, str]:
    """The prefix of a processor whose style a citation is to be in, and the name of the style; else nothing twice."""
    for each in (CSL, BST, PYBTEX):
        if citation.startswith(each.prefix) and citation.endswith(each.suffix) and citation != each.prefix:
            return each.prefix, citation.removeprefix(each.prefix)
    return "", ""
