"""Renders the templates of the site: everything is escaped that is not said to be markup."""

from __future__ import annotations

from functools import cache
from typing import Any

from biblio import __version__
from biblio.outputs.html import direction, linked_html, rich_html
from biblio.outputs.link_words import link_words
from biblio.outputs.template import environment
from biblio.reference.link import is_safe
from biblio.site.said import grouped, said, weight
from biblio.text.inline import Rich, plain
from biblio.words.tables import term


@cache
def _environment() -> Any:
    made = environment("biblio.site", "biblio.outputs")
    made.filters.update(
        rich=rich_html,
        plain=plain,
        linked=linked_html,
        direction=direction,
        link_words=link_words,
        held=_as_it_is,
        weight=weight,
        grouped=grouped,
        is_safe=is_safe,
    )
    made.auto_reload = False  # templates do not change while a site is made
    made.globals.update(version=__version__, said=said, term_of=term)
    return made


def render(name: str, /, *, lang: str, **values: object) -> str:
    """A template with these values; ``t`` says a sentence of the site in ``lang``, ``term`` a printed term."""
    made: str = (
        _environment()
        .get_template(name)
        .render(
            lang=lang,
            t=lambda sentence, **filling: said(sentence, lang, **filling),
            term=lambda word: term(word, lang),
            medium="site",
            **values,
        )
    )
    return made


def _as_it_is(rich: Rich) -> Rich:
    return rich
