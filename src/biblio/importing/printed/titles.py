"""Where the title of a notice in one paragraph ends: at closing quotes, at a change to or from italic, at a stop."""

from __future__ import annotations

import re

from biblio.importing.printed.notice import Reading
from biblio.importing.printed.whole import Whole

# A stop that ends no sentence: of an abbreviation or of an initial.
_STOP = re.compile(
    r"(?<!\b[A-ZÀ-Ý])(?<!\bvs)(?<!\b[Nn]o)(?<!\bn)(?<!\bSt)(?<!\bvol)(?<!\bp)(?<!\bpp)(?<!\bed)(?<!\béd)(?<!\bch)(?<!\bcf)(?P<end>[.?!…])[»”\"]?\s+(?=[^\W_a-z]|[«“\"\[(]|in\b|dans\b)"
)
_BRACKETED = re.compile(r"\s*[\[](?P<kind>[^\[\]]{3,80})\]\s*$")
_KINDS = re.compile(
    r"vid[ée]o|podcast|film|logiciel|software|data ?set|jeu de données|blog|communication|poster|conference|rapport"
    r"|report|page web|web ?page|th[èe]se|thesis|m[ée]moire|dissertation",
    re.IGNORECASE,
)


def end_of_title(text: str, whole: Whole) -> tuple[str, str, str]:
    """The title at the start of a text, what follows it, and the phrase in italic that names its host, if one does."""
    text = text.strip(" ,")
    quoted = (
        re.match(r"(?:[«“\"]\s*+(?P<title>.+?)(?<!\s)\s*+[»”\"]|['‘](?P<single>.+?)['’](?=[,.]\s))(?P<rest>.*)$", text)
        if whole.quoted
        else None
    )
    if quoted:
        rest = quoted["rest"].strip(" ,.")
        return (
            (quoted["title"] or quoted["single"]).strip(" ,."),
            rest,
            next((each for each in whole.italics if each in rest), ""),
        )
    for phrase in whole.italics:
        at = text.find(phrase)
        if at < 0:
            continue
        if at <= 2:
            end = at + len(phrase)
            # The rest of a title after a stop in it may be upright.
            return (
                text[at:end],
                text[end:].strip(" ,.;"),
                next((e for e in whole.italics if e != phrase and e in text[end:]), ""),
            )
        before = text[:at].rstrip()
        if before.endswith((".", "?", "!", ",", "»", "”", "]", ";", ":", ")")) or re.search(
            r"\b(?:in|dans)\s?:?$", before, re.IGNORECASE
        ):
            inside = re.search(r"(?:[.,?!]|^)\s*(?P<in>(?:In|Dans|in|dans)\s?:?\s.*)$", before)
            cut = inside.start("in") if inside else len(before)
            title, more, _ = _by_stop(before[:cut])
            return title, f"{more} {text[cut:]}".strip(" ,"), phrase
        break
    title, rest, _ = _by_stop(text)
    return title, rest, ""


def _by_stop(text: str) -> tuple[str, str, str]:
    stop = _STOP.search(text)
    if stop is None:
        return text.strip(" ,."), "", ""
    end = stop.start("end") + (stop["end"] != ".")
    return text[:end].strip(" ,"), text[stop.end() :].strip(" ,"), ""


def put_title(reading: Reading, title: str) -> None:
    """The title, without what is said of its kind in square brackets."""
    title = title.strip(' ,.;«»“”"') if not title.endswith("...") else title.strip(" ,;")
    kind = _BRACKETED.search(title)
    if kind and _KINDS.search(kind["kind"]):
        title = title[: kind.start()].strip(" ,.")
        word = kind["kind"].lower()
        reading.put({"type": kind["kind"]})
        if re.search(r"rapport|report", word):
            reading.entry_type = "report"
        elif re.search(r"th[èe]s[ei]s?|m[ée]moire|dissertation", word):
            reading.entry_type = "thesis"
        elif re.search(r"vid[ée]o|film", word):
            reading.entry_type = "video"
        elif re.search(r"blog|page", word):
            reading.entry_type = "online"
    reading.put({"title": title})
