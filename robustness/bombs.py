"""Figure 5: small files that ask for a lot of time, memory or words."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from robustness.atelier import SLUG, Atelier, make
from robustness.child import Run, run
from robustness.figure import OWN_FAULT, Figure

SECONDS, MEGABYTES, LINES = 10, 1024, 200
PATIENCE = 90  # seconds of the clock, on a machine that may be at work on other things
PDF, PAGE = "ancien.pdf", "ancien.html"
Bomb = Callable[[Atelier], None]


def _bib(text: str, atelier: Atelier) -> None:
    """The reference of the project, then this."""
    atelier.write_bib()
    with atelier.bib.open("a", encoding="utf-8") as file:
        file.write(text)


def _field(name: str, value: str, atelier: Atelier) -> None:
    atelier.write_bib(**{name: value})


def _entries(number: int, fields: str) -> str:
    return "".join(f"@book{{b{n}, title = {{A}}{fields}}}\n" for n in range(number))


def _long(name: str, value: str) -> str:
    """A reference that has a long value in a field; it is of no dossier, and read and checked all the same."""
    title = "" if name == "title" else "title = {A}, "
    return f"@book{{longue, {title}{name} = {{{value}}}}}\n"


def _endless_number(name: str) -> str:
    """A reference that has more digits in a field than Python makes a number of."""
    others = "".join(f", {other} = {{1}}" for other in ("year", "month", "day", "pages") if other != name)
    return f"@article{{{name}, title = {{A}}, {name} = {{{'9' * 5_000}--{'9' * 5_001}}}{others}}}\n"


def _spec(text: str, atelier: Atelier) -> None:
    atelier.spec.write_text(text, encoding="utf-8")


def _head(text: str, atelier: Atelier) -> None:
    atelier.write_spec()
    _spec(atelier.spec.read_text("utf-8") + text, atelier)


def _sheet(text: str, atelier: Atelier) -> None:
    atelier.own_style(page=text)


def _drawing(text: str, atelier: Atelier) -> None:
    atelier.own_style(page="h1 { background: url(dessin.svg) }")
    (atelier.style / "dessin.svg").write_text(text, encoding="utf-8")


def _big_file(atelier: Atelier) -> None:
    atelier.own_style()
    with (atelier.style / "grand.ttf").open("wb") as file:
        file.truncate(4 << 30)  # a hole: it takes no place


def _hole(name: str, atelier: Atelier) -> None:
    if name.startswith("styles"):
        atelier.own_style()
    path = atelier.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(3 << 30)


def _edition(size: int, times: int, atelier: Atelier) -> None:
    """A PDF, as far as a reader of attachments looks, that unpacks to much more than it weighs."""
    packed = zlib.compress(b"\0" * size, 9)
    head = b"1 0 obj\n<</Type/EmbeddedFile/Subtype/application#2fx-bibtex/Filter/FlateDecode>>\nstream\n"
    (atelier.root / PDF).write_bytes(b"%PDF-1.7\n" + (head + packed + b"\nendstream\nendobj\n") * times)


def _page(text: str, atelier: Atelier) -> None:
    (atelier.root / PAGE).write_text(f"<!DOCTYPE html>{text}", encoding="utf-8")


def _endless(atelier: Atelier) -> None:
    (atelier.bib.parent / "sans-fin.bib").symlink_to("/dev/zero")


MANY, MILLION = 100_000, 1_000_000
DOUBLINGS = "@string{a0 = {aaaaaaaaaa}}\n" + "".join(f"@string{{a{n} = a{n - 1} # a{n - 1}}}\n" for n in range(1, 30))
ALIASES = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
ENTITIES = '<!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)

# Values that no notice has, each in a field whose rules or readers look at such characters.
VALUES: Mapping[str, tuple[str, str]] = {
    "blanks": ("publisher", "a" + " " * MILLION + "b"),
    "no-break spaces": ("institution", "a" + "\u00a0" * MILLION + "b"),
    "tabs in a number": ("isbn", "{" + "\t" * MILLION + "}"),
    "lines in a series": ("series", "a" + "\n" * MILLION + "b"),
    "braces of a number": ("doi", "{" * (MILLION // 2) + "}" * (MILLION // 2)),
    "braces in an address": ("url", "{\\" * (MILLION // 2) + "}" * (MILLION // 2)),
    "empty braces": ("issn", "{}" * (MILLION // 2)),
    "letters": ("edition", "x" * MILLION),
    "language of many parts": ("langid", "fr" + "_a" * (MILLION // 2) + "!"),
    "capitals": ("author", "A" * MILLION + ", A"),
    "points": ("subtitle", "." * MILLION),
    "semicolons": ("note", " ;" * (MILLION // 2)),
    "marks of footnotes": ("author", r"\footnote{" * 50_000 + "}" * 50_000),
    "accents without letters": ("location", "\u0301" * MILLION),
}

BOMBS: Mapping[str, Bomb] = {
    "nested braces": partial(_bib, "@book{b, title = " + "{" * MANY + "}" * MANY + "}\n"),
    "open braces": partial(_bib, "@book{b, title = " + "{" * MANY),
    "macros that double": partial(_bib, DOUBLINGS + "@book{b, title = a29}\n"),
    "macro of itself": partial(_bib, "@string{a = a # a}\n" * 1_000 + "@book{b, title = a}\n"),
    "quote and braces": partial(_bib, '@book{b, title = "' + "{}" * MANY),
    "joined strings": partial(_bib, "@book{b, title = " + '"x"#' * MANY + '"x"}\n'),
    "at signs": partial(_bib, "@ " * 300_000),
    "at signs, together": partial(_bib, "@" * 1_000_000),
    "heads on one line": partial(_bib, "@book{" * MANY),
    "heads on lines": partial(_bib, "@book{\n" * MANY),
    "empty entries": partial(_bib, "@book{,}\n" * 20_000),
    "same keys": partial(_bib, "@book{b, title = {A}}\n" * 20_000),
    "many fields": partial(_bib, "@book{b,\n" + "  title = {A},\n" * MANY + "}\n"),
    "commas": partial(_bib, "@book{b" + "," * 1_000_000 + "}\n"),
    "equals": partial(_bib, "@book{b, title " + "=" * 1_000_000 + "}\n"),
    "hashes": partial(_bib, "@book{b, title = " + "#" * 1_000_000 + "}\n"),
    "closing braces": partial(_bib, "}\n" * 300_000),
    "percent signs": partial(_bib, "@book{b,\n" + "%\n" * 300_000 + "}\n"),
    "long key": partial(_bib, "@book{" + "k" * 1_000_000 + ", title = {A}}\n"),
    "long type": partial(_bib, "@" + "b" * 1_000_000 + "{k, title = {A}}\n"),
    "long line": partial(_bib, " " * 2_000_000 + "@book{k, title = {A}, date = {x}}\n"),
    "blank lines": partial(_bib, "\n" * 2_000_000),
    "nested comments": partial(_bib, "@comment{" * MANY),
    "references to one another": partial(_bib, "@book{b, crossref={c}}\n@book{c, crossref={b}, xdata={c}}\n" * 5_000),
    "same keys of a long one": partial(
        _bib, "@book{b, title = {" + "a " * MANY + "}}\n" + "@book{b, title = {A}}\n" * 9_000
    ),
    "same other keys": partial(_bib, _entries(6_000, ", ids = {x}, crossref = {x}")),
    "strings and entries in turn": partial(
        _bib, "".join(f"@string{{a{n} = {{A}}}}\n@book{{b{n}, title = a{n}}}\n" for n in range(8_000))
    ),
    "macro of much, in many": partial(
        _bib, "".join(DOUBLINGS.splitlines(keepends=True)[:12]) + _entries(12_000, ", note = a11")
    ),
    "parents in turn": partial(
        _bib,
        "".join(f"@xdata{{hub{n}, publisher = {{P}}, note = {{{'x ' * 5_000}}}}}\n" for n in range(40))
        + "".join(f"@book{{b{n}, title = {{A}}, xdata = {{hub{n % 40}}}}}\n" for n in range(6_000)),
    ),
    "granular ties on a list": partial(
        _bib,
        "@xdata{hub, author = {" + " and ".join(f"Nom{n}, P" for n in range(2_000)) + "}}\n"
        "@book{b, title = {A}, author = {" + " and ".join(f"xdata=hub-author-{n}" for n in range(1, 2_001)) + "}}\n",
    ),
    "granular ties of many": partial(
        _bib,
        "@xdata{hub, author = {"
        + " and ".join(f"Nom{n}, P" for n in range(4_000))
        + "}}\n"
        + "".join(f"@book{{b{n}, title = {{A}}, author = {{xdata=hub-author-{n + 1}}}}}\n" for n in range(2_000)),
    ),
    "merges": partial(_bib, "<<<<<<< a\n=======\n>>>>>>> b\n" * 50_000),
    "null characters": partial(_bib, "\0" * 1_000_000),
    "long address": partial(_field, "url", "https://example.org/" + "a" * 30_000),
    "longer address": partial(_field, "url", "https://example.org/" + "a" * 1_000_000),
    "long annotation": partial(_field, "annotation", "Un mot de plus. " * 65_000),
    "annotation of one word": partial(_field, "annotation", "a" * 1_000_000),
    "paragraphs": partial(_field, "annotation", "Un.\n\n" * 200_000),
    "long title": partial(_field, "title", "Un titre " * MANY),
    "accents": partial(_field, "title", r"\'e" * MANY),
    "commands": partial(_field, "title", r"\inconnue " * MANY),
    "nested commands": partial(_field, "title", r"\emph{" * 50_000 + "x" + "}" * 50_000),
    "dollars": partial(_field, "title", "$x" * MANY),
    "backslashes": partial(_field, "title", "\\\\" * 500_000),
    "combining characters": partial(_field, "title", "e" + "\u0301" * MANY),
    "authors": partial(_field, "author", " and ".join(["Nom, Prénom"] * 50_000)),
    "ands": partial(_field, "author", " and" * MANY),
    "author of many commas": partial(_field, "author", "a, " * MANY),
    **{name: partial(_bib, _long(*value)) for name, value in VALUES.items()},
    "publishers": partial(_field, "publisher", " and ".join(["Éditeur"] * 50_000)),
    "pages": partial(_field, "pages", "1-2, " * MANY),
    "digits": partial(_field, "date", "1" * MANY),
    "years, days and pages of digits": partial(_bib, "".join(map(_endless_number, ("year", "month", "day", "pages")))),
    "volume of digits": partial(_field, "volume", "1" * MANY + " "),
    "links": partial(_field, "links", "Texte <https://example.org/a> (pdf)\n" * 20_000),
    "brackets in a link": partial(_field, "links", "(" * MANY + " <" * MANY),
    "quotation marks": partial(_field, "annotation", "« \"'“” " * 40_000),
    "aliases": partial(_spec, ALIASES),
    "flow": partial(_spec, "a: " + "[" * MANY),
    "deep mappings": partial(_spec, "{a: " * MANY),
    "deep blocks": partial(_spec, "\n".join(" " * n + "a:" for n in range(1_000))),
    "repeated keys": partial(_spec, "title: A\n" * 50_000),
    "unknown keys": partial(_spec, "".join(f"k{n}: x\n" for n in range(50_000))),
    "long text": partial(_head, "closing: '" + "a" * 900_000 + "'\n"),
    "text of every kind": partial(_head, "subtitle: '" + "ab " * 300_000 + "'\n"),
    "sections": partial(_head, "".join(f"  - {{title: S{n}, references: [essai-1]}}\n" for n in range(20_000))),
    "unknown references": partial(
        _head, "  - title: A\n    references:\n" + "".join(f"    - k{n}\n" for n in range(9_000))
    ),
    "pins": partial(_head, "  - title: A\n    pin:\n" + "    - {key: essai-1, at: first}\n" * 20_000),
    "numbers": partial(_head, "style: " + "9" * 900_000 + "\n"),
    "misspelt references": partial(
        _head, "  - title: A\n    references:\n" + "".join(f"    - essaie-{n}\n" for n in range(2_000))
    ),
    "merges in a spec": partial(_spec, "<<<<<<< a\n" * 20_000),
    "dashes that touch": partial(_head, "  - title: A\n    references:\n" + "      -a\n" * 20_000),
    "tabs": partial(_spec, "title:\t" + "\t" * 200_000),
    "quotes never closed": partial(_spec, "title: 'a\n" * 5_001),
    "brackets on lines": partial(_spec, "title: [\n" * 10),
    "not YAML": partial(_spec, "\t- %@`\n" * MANY),
    "sheet of rules": partial(_sheet, "h1 { color: red }\n" * 50_000),
    "nested rules": partial(_sheet, "a { " * 50_000),
    "selector": partial(_sheet, "h1" + ":not(h2" * 20_000 + " { color: red }"),
    "calc": partial(_sheet, "h1 { width: " + "calc(" * 20_000 + "1px" + ")" * 20_000 + " }"),
    "variables that double": partial(
        _sheet,
        "h1 { --a0: aaaaaaaaaa; "
        + "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1}); " for n in range(1, 30))
        + "color: var(--a29) }",
    ),
    "variables that double in functions": partial(
        _sheet,
        "h1 { --a0: 1px; "
        + "".join(f"--a{n}: calc(var(--a{n - 1}) + var(--a{n - 1})); " for n in range(1, 30))
        + "width: var(--a29) }",
    ),
    "variables of a long text": partial(
        _sheet,
        f"h1 {{ --a0: '{'a' * MANY}'; "
        + "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1}); " for n in range(1, 12))
        + "} h1::before { content: var(--a11) }",
    ),
    "variable used often": partial(_sheet, "h1 { --a: " + "a " * 900 + "; color: " + "var(--a) " * 200_000 + "}"),
    "rules in rules that double": partial(_sheet, "a, b { " + "& + &, & > & { " * 14 + "color: red" + " }" * 15),
    "waves without number": partial(_sheet, "h1 { text-decoration: underline wavy 0.0000001px }"),
    "tracks without number": partial(_sheet, "body { display: grid; grid-template-columns: repeat(100000000, 1px) }"),
    "huge page": partial(_sheet, "@page { size: 1000000000mm } h1 { font-size: 1000000000px }"),
    "tiny page": partial(_sheet, "@page { size: 1mm; margin: 0 }"),
    "drawing of entities": partial(_drawing, ENTITIES + "]>" + SVG + "<text>&a9;</text></svg>"),
    "drawing of itself": partial(_drawing, SVG + '<g id="a"><use href="#a"/><use href="#a"/></g></svg>'),
    "drawing that doubles": partial(
        _drawing,
        f'{SVG}<defs><rect id="a0" width="9" height="9"/>'
        + "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 28))
        + '</defs><use href="#a27"/></svg>',
    ),
    "drawing of many": partial(_drawing, SVG + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>"),
    "huge file of a style": _big_file,
    "endless file": _endless,
    "huge spec": partial(_hole, f"dossiers/{SLUG}.yaml"),
    "huge themes": partial(_hole, "references/themes.yaml"),
    "huge manifest": partial(_hole, f"build/{SLUG}.manifest.json"),
    "huge sheet": partial(_hole, "styles/maison/page.css"),
    "huge style": partial(_hole, "styles/maison/style.yaml"),
    "huge CSL": partial(_hole, "styles/maison/maison.csl"),
    "huge settings": partial(_hole, "biblio.toml"),
    "huge shared settings": partial(_hole, "pyproject.toml"),
    "huge known faults": partial(_hole, "connues.json"),
    "edition of one attachment": partial(_edition, 240_000_000, 1),
    "edition of twenty attachments": partial(_edition, 250_000_000, 20),
    "edition of 50,000 attachments": partial(_edition, 10, 50_000),
    "edition of many elements": partial(_page, "<p>" * 1_000_000),
    "edition of open elements": partial(_page, "<a " * 500_000),
}
# Entries that are many, and have much to do with each other: all of them are read.
TIES = (
    *("same keys of a long one", "same other keys", "strings and entries in turn", "macro of much, in many"),
    "parents in turn",
)
# What is run instead of a build.
COMMANDS: Mapping[str, list[str]] = {
    "huge settings": ["check"],
    "huge shared settings": ["check"],
    "huge known faults": ["check", "--baseline", "connues.json"],
    **{name: ["check"] for name in (*VALUES, *TIES)},
    **{name: ["diff", SLUG, "--since", PDF] for name in BOMBS if name.startswith("edition") and "attach" in name},
    **{name: ["diff", SLUG, "--since", PAGE] for name in BOMBS if name.startswith("edition") and "elem" in name},
}


def explode(name: str) -> Run:
    """Builds a project with one bomb in it."""
    with tempfile.TemporaryDirectory() as folder:
        atelier = make(Path(folder))
        BOMBS[name](atelier)
        return run(COMMANDS.get(name, ["build", SLUG, "--format", "pdf,html"]), atelier.root, seconds=PATIENCE)


def faults_of(outcome: Run) -> list[str]:
    """Which limits a run passed."""
    lines = outcome.said.count("\n")
    return [
        words
        for wrong, words in (
            (outcome.late, "no end"),
            (outcome.seconds > SECONDS, f"{outcome.seconds:.1f} s of the processor"),
            (outcome.megabytes > MEGABYTES, f"{outcome.megabytes:.0f} MB"),
            (lines > LINES, f"{lines} lines"),
            (bool(OWN_FAULT.search(outcome.said)), "a fault of the program"),
            (outcome.code not in (0, 1, 2) and not outcome.late, f"exit code {outcome.code}"),
            (max(map(len, outcome.said.split("\n"))) > 2_000, "a line of more than 2,000 characters"),
        )
        if wrong
    ]


def measure(workers: int) -> Figure:
    """Tries every bomb."""
    with ThreadPoolExecutor(workers) as pool:
        outcomes = dict(zip(BOMBS, pool.map(explode, BOMBS), strict=True))
    short = [f"{name}: {', '.join(faults_of(outcome))}" for name, outcome in outcomes.items() if faults_of(outcome)]
    slowest = max(outcome.seconds for outcome in outcomes.values())
    biggest = max(outcome.megabytes for outcome in outcomes.values())
    return Figure(
        "bounds",
        f"50 bombs or more, each {SECONDS} s, 1 GB, {LINES} lines at most",
        f"{len(BOMBS) - len(short)} of {len(BOMBS)} within; slowest {slowest:.1f} s, biggest {biggest:.0f} MB",
        len(BOMBS) >= 50 and not short,
        tuple(short),
    )
