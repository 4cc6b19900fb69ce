"""Composes the document: cites every reference by the style's grammar, then sets every word by the typography.

``document`` makes the whole, ``kinds`` is the table of what the kinds of dossiers do in their own way, ``composer``
holds what every level needs; ``blocks`` and the modules beside it each make what stands under a heading.
"""

from biblio.compose.compose import compose, compose_notice, compose_notices, metadata

__all__ = ["compose", "compose_notice", "compose_notices", "metadata"]
