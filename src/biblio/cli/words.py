"""The command line in the user's language: our own sentences, and those of the library that parses arguments.

Ours are named in the code (``help="option_style"``) and put in place here. The library's are English, whatever the
locale: they are few, and a table of ``words/interface.toml`` translates them where they are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from biblio.cli.safe_words import safe
from biblio.places import at
from biblio.text.harmless import printable
from biblio.words import tables
from biblio.words.tables import interface, library_words, message_languages, translated, worded

# What names the rows that a help text lists, by the word that stands for the list.
_LISTED: Mapping[str, Callable[[], Iterable[str]]] = {
    "{outputs}": at("biblio.outputs.table:names"),
    "{exports}": at("biblio.outputs.exports:names"),
    "{languages}": message_languages,
}


def say(name: str, lang: str, /, **arguments: object) -> str:
    """A sentence of the interface, its placeholders filled with harmless arguments, each in one line.

    An unknown name is a bug and raises ``KeyError``.
    """
    filled = {key: printable(value, "�") if isinstance(value, str) else value for key, value in arguments.items()}
    return tables.say(name, lang, **filled)


def in_words(command: Any, lang: str) -> Any:
    """A command of the library, with every help text in ``lang`` and safe completions."""
    command.get_short_help_str = partial(_whole_help, command)
    for helped in (command, *command.params):
        helped.shell_complete = safe(helped.shell_complete)
        name = getattr(helped, "help", None)
        if isinstance(name, str) and name in interface():
            helped.help = worded(interface()[name], lang)
    command.get_help = _translated(command, command.get_help, lang)
    return command


def _whole_help(command: Any, limit: int = 0) -> str:
    """The sentence of a command in a list of commands: folded where it is printed, never cut."""
    return command.help or ""


def _translated(command: Any, get_help: Any, lang: str) -> Any:
    def translated_help(context: Any) -> str:
        for option in command.params:  # the outputs of installed packages are looked for when the help is
            if getattr(option, "help", None):
                option.help = with_lists(option.help)
        return in_language(get_help(context), lang)

    return translated_help


def with_lists(text: str) -> str:
    """A help text with the names that it lists."""
    for name, rows in _LISTED.items():
        text = text.replace(name, ", ".join(rows())) if name in text else text
    return text


def in_language(text: str, lang: str) -> str:
    """A text of the library in ``lang``; what the table does not know stays in English."""
    return translated(text, lang, library_words())
