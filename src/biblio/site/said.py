"""The sentences of the site, in the language of its pages."""

from __future__ import annotations

from biblio.words.tables import site, worded


def said(name: str, lang: str, /, **arguments: object) -> str:
    """A sentence of ``words/site.toml`` with its placeholders filled, numbers in groups of three figures.

    Of a sentence that has another form for one (``NAME_one``), that one where its ``count`` is 1. An unknown name is a
    bug: ``KeyError``.
    """
    if arguments.get("count") == 1 and f"{name}_one" in site():
        name = f"{name}_one"
    return worded(site()[name], lang).format(**{key: _filling(value, lang) for key, value in arguments.items()})


def grouped(number: int, lang: str) -> str:
    """A number in groups of three figures: ``50 000`` (with a narrow no-break space), ``50,000`` in English."""
    return f"{number:,}" if lang == "en" else f"{number:,}".replace(",", "\u202f")


def weight(size: int, lang: str) -> str:
    """The size of a file in words: ``905,9 ko``, ``1.7 MB``."""
    for unit, name in ((1_000_000, "megabytes"), (1_000, "kilobytes")):
        if size >= unit:
            figures = f"{size / unit:.1f}".removesuffix(".0")
            return said(name, lang, size=figures if lang == "en" else figures.replace(".", ","))
    return said("bytes", lang, count=size)


def _filling(value: object, lang: str) -> object:
    return grouped(value, lang) if isinstance(value, int) else value
