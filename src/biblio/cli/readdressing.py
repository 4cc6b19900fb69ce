"""Replaces addresses that have changed for good, for the command ``links``, and says what is left to do by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from biblio.cli.console import say_out, tell
from biblio.cli.linking import Keeper
from biblio.cli.target import unified_diff
from biblio.cli.words import say
from biblio.collection.cited_links import CitedLink, links_of
from biblio.collection.link_history import Cause, Sighting
from biblio.collection.link_verdict import State, Verdict
from biblio.editing.readdress import readdressed
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.overwrite import overwrite
from biblio.project.project import Project
from biblio.report.links import place_of


def readdress(
    project: Project,
    keeper: Keeper,
    links: Sequence[CitedLink],
    verdicts: Mapping[str, Verdict],
    lang: str,
    *,
    writing: bool,
    diff: bool,
    quiet: bool,
) -> frozenset[CitedLink]:
    """Writes the new addresses in the place of the old ones, if ``writing``; the links that were replaced."""
    new = {link: target for link in links if (target := _target(link, verdicts[link.asked]))}
    changed: dict[str, bytes] = {}
    done: set[CitedLink] = set()
    for file in project.reference_files:
        own = [link for link in new if link.citekey and link.span.path == file.path]
        targets: dict[str, dict[str, str]] = {}
        for link in own:
            targets.setdefault(link.citekey, {})[link.address] = new[link]
        after = readdressed(file.content, file.path, targets) if own else file.content
        if after != file.content:
            changed[file.path] = after
            still = {(each.citekey, each.address) for each in links_of(read_bibtex(after, file.path).value)}
            done.update(link for link in own if (link.citekey, link.address) not in still)
            if writing:
                overwrite(file.place, after, file.content, project.root)
    if diff:
        say_out(unified_diff(project.reference_files, changed), end="")
    if writing:
        _remember(keeper, {link.asked: new[link] for link in new if link in done})
    if not quiet:
        if done and writing:
            tell(say("links_fixed", lang, count=len(done), files=", ".join(changed)) + "\n")
        for link in new:
            if link not in done:
                told = {"place": link.citekey or place_of(link.span), "address": link.address, "target": new[link]}
                tell(say("links_by_hand", lang, **told) + "\n")
    return frozenset(done) if writing else frozenset()


def _target(link: CitedLink, verdict: Verdict) -> str:
    """The address to put in the place of one; empty where it stays."""
    if verdict.state is State.MOVED:
        return verdict.target + link.fragment
    return verdict.secure + link.fragment if verdict.state is State.ALIVE and verdict.secure else ""


def _remember(keeper: Keeper, done: Mapping[str, str]) -> None:
    """Notes that the new addresses answered when the old ones led to them."""
    for old, target in done.items():
        new = target.partition("#")[0]
        if new not in keeper.history:
            keeper.add(Sighting(new, keeper.record(old).last, Cause.ANSWERED, 200))
    keeper.save()
