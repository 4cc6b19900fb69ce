"""Languages: the tag of each one's names, in biblatex's words, in the codes of catalogues and in French."""

from __future__ import annotations

import re
from collections.abc import Mapping

from biblio.text.collation import fold

# The languages that biblatex names in words (manual § 2.3.15, babel and polyglossia identifiers), as BCP 47 tags.
WORDS: Mapping[str, str] = {
    "afrikaans": "af",
    "albanian": "sq",
    "american": "en-US",
    "arabic": "ar",
    "armenian": "hy",
    "australian": "en-AU",
    "austrian": "de-AT",
    "basque": "eu",
    "brazil": "pt-BR",
    "brazilian": "pt-BR",
    "breton": "br",
    "british": "en-GB",
    "bulgarian": "bg",
    "canadian": "en-CA",
    "canadien": "fr-CA",
    "catalan": "ca",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "danish": "da",
    "dutch": "nl",
    "english": "en",
    "esperanto": "eo",
    "estonian": "et",
    "finnish": "fi",
    "francais": "fr",
    "français": "fr",
    "french": "fr",
    "galician": "gl",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hungarian": "hu",
    "icelandic": "is",
    "indonesian": "id",
    "irish": "ga",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "latin": "la",
    "latvian": "lv",
    "lithuanian": "lt",
    "magyar": "hu",
    "mexican": "es-MX",
    "naustrian": "de-AT",
    "newzealand": "en-NZ",
    "ngerman": "de",
    "norsk": "nb",
    "norwegian": "no",
    "nswissgerman": "de-CH",
    "nynorsk": "nn",
    "occitan": "oc",
    "persian": "fa",
    "polish": "pl",
    "portuges": "pt",
    "portuguese": "pt",
    "romanian": "ro",
    "russian": "ru",
    "sanskrit": "sa",
    "scottish": "gd",
    "serbian": "sr",
    "slovak": "sk",
    "slovene": "sl",
    "slovenian": "sl",
    "spanish": "es",
    "swedish": "sv",
    "swissgerman": "de-CH",
    "thai": "th",
    "turkish": "tr",
    "ukenglish": "en-GB",
    "ukrainian": "uk",
    "usenglish": "en-US",
    "vietnamese": "vi",
    "welsh": "cy",
}

# The codes of three letters that catalogues use (ISO 639-2, both forms), for the languages above.
_THREE_LETTERS: Mapping[str, str] = {
    "afr": "af",
    "alb": "sq",
    "ara": "ar",
    "arm": "hy",
    "baq": "eu",
    "bre": "br",
    "bul": "bg",
    "cat": "ca",
    "ces": "cs",
    "chi": "zh",
    "cym": "cy",
    "cze": "cs",
    "dan": "da",
    "deu": "de",
    "dut": "nl",
    "ell": "el",
    "eng": "en",
    "epo": "eo",
    "est": "et",
    "eus": "eu",
    "fas": "fa",
    "fin": "fi",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "gla": "gd",
    "gle": "ga",
    "glg": "gl",
    "gre": "el",
    "heb": "he",
    "hrv": "hr",
    "hun": "hu",
    "hye": "hy",
    "ice": "is",
    "ind": "id",
    "isl": "is",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "lat": "la",
    "lav": "lv",
    "lit": "lt",
    "nld": "nl",
    "nno": "nn",
    "nob": "nb",
    "nor": "no",
    "oci": "oc",
    "per": "fa",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rum": "ro",
    "rus": "ru",
    "san": "sa",
    "slk": "sk",
    "slo": "sk",
    "slv": "sl",
    "spa": "es",
    "sqi": "sq",
    "srp": "sr",
    "swe": "sv",
    "tha": "th",
    "tur": "tr",
    "ukr": "uk",
    "vie": "vi",
    "wel": "cy",
    "zho": "zh",
}

# Of two codes for one language, those of catalogues (ISO 639-2/B).
_BIBLIOGRAPHIC = frozenset("alb arm baq chi cze dut fre ger gre ice per rum slo wel".split())

# What people who write in French call them, as ``fold`` makes it: in queries alone, for files have biblatex's words.
_FRENCH: Mapping[str, str] = {
    "allemand": "de",
    "anglais": "en",
    "arabe": "ar",
    "chinois": "zh",
    "espagnol": "es",
    "francais": "fr",
    "italien": "it",
    "neerlandais": "nl",
    "portugais": "pt",
    "russe": "ru",
    "turc": "tr",
}

# The word that a file should have for a language, where biblatex knows several.
USUAL_WORDS: Mapping[str, str] = {
    "fr": "french",
    "en": "english",
    "es": "spanish",
    "de": "german",
    "it": "italian",
    "pt": "portuguese",
}

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([^\W_]{2,8}(?:[-_][^\W_]{1,8})*))?", re.ASCII)


def language_tag(value: str) -> str:
    """The BCP 47 tag of a language written in biblatex's words or already as a tag; empty when it is neither."""
    word = value.strip().lower()
    # « langfrench » is the key by which biblatex names a language, « french » the language that it hyphenates in.
    tag = WORDS.get(word) or WORDS.get(word.removeprefix("lang")) or _THREE_LETTERS.get(word)
    if tag:
        return tag
    match = _TAG.fullmatch(value.strip())
    if match is None:
        return ""
    return "-".join(filter(None, (match[1].lower(), (match[2] or "").replace("_", "-"))))


def tag_of(word: str) -> str:
    """The BCP 47 tag of a language as people name it: in French, or as ``language_tag`` has it; else empty."""
    return _FRENCH.get(fold(word)) or language_tag(word)


def code_of(tag: str) -> str:
    """The code that catalogues have for a language, of the three letters of ISO 639-2/B; ``und`` when it is unknown."""
    primary = tag.partition("-")[0].lower()
    codes = [code for code, known in _THREE_LETTERS.items() if known == primary]
    if codes:
        return next((code for code in codes if code in _BIBLIOGRAPHIC), codes[0])
    return primary if len(primary) == 3 else "und"


# The languages that are written from right to left, and the scripts of those that may be.
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo"})


def is_right_to_left(tag: str) -> bool:
    """Whether a language, a BCP 47 tag, is written from right to left; a script in the tag decides."""
    primary, *subtags = tag.lower().split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()]
    return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else primary in _RIGHT_TO_LEFT
