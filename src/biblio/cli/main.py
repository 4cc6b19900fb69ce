"""The command line from end to end: its language, its commands, its exit codes, and what is said when one fails."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from typer.exceptions import TyperException

from biblio.cli.app import application
from biblio.cli.console import COULD_NOT_RUN, INTERRUPTED, deaf, fill_closed_streams, has_colour, shows_traceback, tell
from biblio.cli.words import in_language, say
from biblio.report.text import as_text
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of
from biblio.words.tables import message_languages


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line. Exit codes: 0 nothing found, 1 faults found, 2 could not run."""
    fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows « ? », and goes on
    words, lang = _language(list(sys.argv[1:] if arguments is None else arguments), os.environ)
    words = words or ["--help"]
    started = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    no_memory = "\n" + say("no_memory", lang) + "\n"  # said when there is no room to look it up
    failure: Diagnostic | None = None
    try:
        if started:  # by ``__main__``, which gives up on Ctrl-C without a word
            signal.signal(signal.SIGINT, signal.default_int_handler)
        outcome = application(lang)(words, prog_name="biblio", obj=lang, standalone_mode=False)
    except TyperException as error:
        message = in_language(error.format_message(), lang).replace("\n", " ")
        tell(f"{say('misused', lang, message=message)}\n{say('try_help', lang)}\n")
        sys.exit(COULD_NOT_RUN)
    except BiblioError as error:
        failure = error.diagnostic  # told when the frames that hold the memory are gone
        outcome = COULD_NOT_RUN
    except MemoryError:
        tell(no_memory)
        sys.exit(COULD_NOT_RUN)
    except SystemExit as stop:
        # The library's way out when the reader of a pipe has gone, and when the shell completes a word.
        sys.exit(COULD_NOT_RUN if isinstance(stop.__context__, BrokenPipeError) else stop.code)
    except KeyboardInterrupt:
        outcome = INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            # Faults of the user's files are told where they are written: what is full is the output stream, into which
            # the library itself writes its help.
            failure = deaf(error)
        elif shows_traceback():
            raise
        else:
            failure = diagnose("E122", problem=problem_of(error))
        outcome = COULD_NOT_RUN
    finally:
        if started:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        if failure is not None:
            tell(as_text([failure], {}, lang, colour=has_colour()))
        if outcome == INTERRUPTED:
            tell("\n" + say("interrupted", lang) + "\n")
    except MemoryError:
        tell(no_memory)
    sys.exit(outcome if isinstance(outcome, int) else 0)


def _language(words: list[str], environment: Mapping[str, str]) -> tuple[list[str], str]:
    """The arguments without ``--lang``, which may stand anywhere, and the language of messages."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    lang = next((each for each in message_languages() if locale.lower().startswith(each)), "en")
    kept: list[str] = []
    remaining = iter(words)
    for word in remaining:
        name, equals, value = word.partition("=")
        if name != "--lang":
            kept.append(word)
            continue
        value = value if equals else next(remaining, "")
        if value not in message_languages():
            tell(say("unknown_language", lang, lang=value, languages=", ".join(message_languages())) + "\n")
            sys.exit(COULD_NOT_RUN)
        lang = value
    return kept, lang
