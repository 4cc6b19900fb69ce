"""The client of a project: who asks, through whom, and where answers are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from biblio.online.answers import Answers
from biblio.online.client import Client
from biblio.online.links.observe import Observer
from biblio.online.links.pace import Pace
from biblio.online.sources import contact
from biblio.online.wire import Wire, resolved
from biblio.project.kept import user_cache
from biblio.project.settings import SettingsFile
from biblio.words.faults import BiblioError, diagnose

PROXY = "BIBLIO_PROXY"


def open_observer(settings: SettingsFile, environment: Mapping[str, str]) -> Observer:
    """Who looks at addresses, for the settings and the environment of a user; nothing is asked yet.

    Raises ``BiblioError``: C111 for a contact that is none, E181 for a proxy that is none.
    """
    proxy = _proxy(environment)
    return Observer(Wire(proxy), None if proxy else resolved, Pace(), contact(settings))


def open_client(settings: SettingsFile, environment: Mapping[str, str], *, offline: bool = False) -> Client:
    """The client for the settings and the environment of a user; nothing is asked yet.

    Raises ``BiblioError``: C111 for a contact that is none, E181 for a proxy that is none.
    """
    proxy = _proxy(environment)
    place = user_cache()
    answers = Answers(Path(place, "online")) if place else None
    return Client(Wire(proxy), None if proxy else resolved, contact(settings), answers, offline)


def _proxy(environment: Mapping[str, str]) -> str:
    """The proxy that is named, if one is. Raises ``BiblioError`` (E181) for one that is none."""
    proxy = environment.get(PROXY, "").strip()
    if proxy and not proxy.lower().startswith(("http://", "https://")):
        raise BiblioError(diagnose("E181", variable=PROXY))
    return proxy
