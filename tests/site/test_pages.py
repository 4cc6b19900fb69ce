"""What the pages of the site say, and to whom they lead."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from sites import SPEC, entry, files_of, gathered_of, project, sample, text_of

from biblio.collection.link_history import Cause, Copy, LinkRecord, Sighting, dumps
from biblio.site.addresses import slug_of, urn, word_slug

LINK = re.compile(r'(?:href|src)="([^"]+)"')


def spec(keys: str, title: str = "Un dossier", date: str = "2025-06", more: str = "") -> str:
    return SPEC.format(title=title, keys=keys, date=date) + more


def linked(page: str) -> set[str]:
    """The files of the site that a page leads to."""
    found = set()
    for path in sample().rglob(page):
        own = path.relative_to(sample()).as_posix()
        for href in map(unescape, LINK.findall(path.read_text("utf-8"))):
            parts = urlsplit(href)
            if not parts.scheme and parts.path:
                found.add(normpath(join(dirname(own), unquote(parts.path))).lstrip("/"))
    return found


def test_every_link_leads_somewhere() -> None:
    assert sorted(path for path in linked("*.html") if not (sample() / path).is_file()) == []


def test_every_page_is_reached_from_another() -> None:
    pages = {path.relative_to(sample()).as_posix() for path in sample().rglob("*.html")}
    assert pages - linked("*.html") == {"404.html"}


def test_every_anchor_is_there() -> None:
    for path in sample().rglob("*.html"):
        text = path.read_text("utf-8")
        for href in LINK.findall(text):
            target, _, anchor = unescape(href).partition("#")
            if anchor and not urlsplit(href).scheme:
                there = text if not target else (path.parent / target).read_text("utf-8")
                assert f'id="{anchor}"' in there, (path, href)


def test_nothing_of_a_page_is_loaded_from_elsewhere_nor_run_in_it() -> None:
    for path in sample().rglob("*.html"):
        text = path.read_text("utf-8")
        assert re.search(r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\';', text), path
        assert not re.search(
            r'<(?:img|script|link|iframe|source|video)[^>]+(?:src|href)="(?:https?:)?//(?!doc\.example\.org)', text
        )
        assert not re.search(r"<[^>]+ (?:style|on\w+)=", text), path
        assert set(re.findall(r"<script(?! src)([^>]*)>", text)) <= {' type="application/ld+json"'}


def test_a_page_is_light() -> None:
    from zlib import compress

    sheets = sum(len(compress((sample() / "static" / name).read_bytes(), 9)) for name in ("site.css", "style.css"))
    heaviest = max((len(compress(path.read_bytes(), 9)) + sheets, path.name) for path in sample().rglob("*.html"))
    assert heaviest < (60_000, ""), heaviest


def test_hostile_values_become_no_markup(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>\"' --></style>"
    made = files_of(
        project(
            tmp_path,
            entry(
                "a", bad, annotation=bad, annotationsource="documentaliste", url="javascript:alert(1)", territory=bad
            ),
            dossiers={"d": spec("a", title="'<script>alert(1)</script>'")},
            settings='title = "<script>alert(1)</script>"\n',
        )
    )
    for path, content in made.items():
        if path.endswith((".html", ".xml")):
            assert b"<script>" not in content.replace(b'<script type="application/ld+json">', b""), path
            assert b'href="javascript:' not in content


@pytest.mark.parametrize("key", ["../../etc/x", "CON", "a/b", "Été 2020", "x" * 300, "index", "-rf", "‮abc"])
def test_the_page_of_a_key_is_inside_the_site(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", slug_of(key))
    assert slug_of(key) not in ("index", "con")
    assert slug_of(key) == slug_of(key.upper()) or key == "Été 2020"[::-1]


def test_two_keys_never_have_one_page() -> None:
    keys = ["dupont-2020", "dupont 2020", "dupont:2020", "Dupont_2020", "dupont--2020", "düpont-2020", "", "é", "e"]
    assert len({slug_of(key) for key in keys}) == len(keys)
    assert slug_of("Dupont-2020") == slug_of("dupont-2020") == "dupont-2020"


def test_words_that_differ_by_accents_alone_have_one_page() -> None:
    assert word_slug("Santé publique") == word_slug("sante  PUBLIQUE") == "sante-publique"
    assert word_slug("中文") != word_slug("日本")


def test_an_identifier_says_neither_the_host_nor_the_slug() -> None:
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", urn("notice", "a")
    )
    assert urn("notice", "a") == urn("notice", "A") != urn("dossier", "a")


def test_a_draft_and_an_embargo_never_leave(tmp_path: Path) -> None:
    specs = {
        "brouillon": spec("a", "Secret un", more="draft: true\n"),
        "plus-tard": spec("a", "Secret deux", more="embargo: 2026-02-01\n"),
        "public": spec("a", "Ouvert"),
    }
    root = project(tmp_path, entry("a", internalnote="Secret trois"), dossiers=specs)
    (root / "site" / "p.md").write_text("---\ntitle: Secret quatre\ndraft: true\n---\nSecret.\n", encoding="utf-8")
    made = files_of(root)
    assert not [path for path, content in made.items() if b"Secret" in content or b"secret" in content]
    assert "dossiers/public.html" in made
    assert "dossiers/plus-tard.html" in files_of(root, "2026-02-01")


def test_former_names_still_answer(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        entry("nouvelle-cle", ids="vieille-cle, Plus-Vieille"),
        entry("autre", ids="nouvelle-cle"),
        dossiers={"neuf": spec("nouvelle-cle", more="former: [vieux]\n")},
        settings='address = "https://a.example/b"\n',
    )
    made = files_of(root)
    for path in ("notices/vieille-cle.html", "notices/plus-vieille.html"):
        assert 'content="0; url=../notices/nouvelle-cle.html"' in text_of(made, path)
        assert '<link rel="canonical" href="https://a.example/b/notices/nouvelle-cle.html">' in text_of(made, path)
    assert "url=../dossiers/neuf.html" in text_of(made, "dossiers/vieux.html")
    assert "Refresh" not in text_of(made, "notices/nouvelle-cle.html")


def test_people_have_pages_where_they_are_asked_for(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a"))
    assert not [path for path in files_of(root) if path.startswith("people/")]
    (root / "biblio.toml").write_text("[site]\npeople = true\naddress = 'https://a.example'\n", encoding="utf-8")
    made = files_of(root)
    pages = [path for path in made if path.startswith("people/") and path != "people/index.html"]
    assert len(pages) == 1
    assert '<meta name="robots" content="noindex">' in text_of(made, pages[0])
    assert "people/" not in text_of(made, "sitemap.xml")
    (root / "biblio.toml").write_text("[site]\npeople = true\nwithdrawn = ['Camille Martin']\n", encoding="utf-8")
    assert not [path for path in files_of(root) if path.startswith("people/")]


def test_a_reader_may_tell_of_a_mistake(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a", "Un titre & demi"), settings='feedback = "doc@a.example"\n')
    href = re.search(r'href="(mailto:[^"]+)"', text_of(files_of(root), "notices/a.html"))
    assert href is not None
    asked = unquote(unescape(href[1]))
    assert asked.startswith("mailto:doc@a.example?subject=Notice a&body=")
    assert "Un titre & demi" in asked


def test_the_statement_takes_conformity_from_an_audit_alone(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a"), settings='title = "Le site"\n')
    page = unescape(text_of(files_of(root), "accessibility.html"))
    assert "Le site est non conforme" in page
    assert "axe-core" in page
    assert "Accessibilité : non conforme" in text_of(files_of(root), "index.html")
    audit = "[site.audit]\ndate = '2026-03-12'\nby = 'Cabinet'\nrate = 82\nfailing = ['Une image sans texte.']\n"
    (root / "biblio.toml").write_text(f"[site]\ntitle = 'Le site'\n{audit}", encoding="utf-8")
    page = unescape(text_of(files_of(root), "accessibility.html"))
    assert "Le site est partiellement conforme" in page
    assert "12 mars 2026" in page
    assert "82 % des critères" in page
    assert "Une image sans texte." in page


def test_a_site_of_nothing_but_notices_has_a_name(tmp_path: Path) -> None:
    made = files_of(project(tmp_path, entry("a")))
    assert "<title>Accueil</title>" in text_of(made, "index.html")
    assert "<title>Accueil</title>" in text_of(made, "feeds/all.xml")


def test_what_is_shown_where_there_is_no_page_finds_its_sheet_from_anywhere(tmp_path: Path) -> None:
    made = files_of(project(tmp_path, entry("a"), settings='address = "https://a.example/b"\n'))
    missing = text_of(made, "404.html")
    assert 'href="/b/static/site.css"' in missing
    assert 'href="/b/search.html"' in missing
    assert 'href="../static/site.css"' in text_of(made, "notices/a.html")


def test_a_site_in_two_languages(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a", added="2025-12-01"), settings='languages = ["fr", "en"]\n')
    made = files_of(root)
    assert 'hreflang="en" href="en/index.html"' in text_of(made, "index.html")
    assert '<html lang="en">' in text_of(made, "en/notices/a.html")
    assert ">English</a>" in text_of(made, "notices/a.html")
    assert ">Français</a>" in text_of(made, "en/notices/a.html")
    assert 'href="../../static/site.css"' in text_of(made, "en/notices/a.html")
    assert "en/data/about.js" in made


def test_an_event_has_its_videos_supports_and_what_to_see(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a"), dossiers={"d": spec("a", "Le dossier")})
    (root / "site" / "f.csv").write_bytes(b"x" * 1700)
    (root / "site" / "journee.md").write_text(
        "---\ntitle: La journée\nkind: event\ndate: 2025-03-04\n"
        "videos: [{title: Le film, url: 'https://v.example/1', length: 2 h}]\n"
        "supports: [{title: Le tableau, file: site/f.csv, under: Suite}, {title: Rien, file: site/../biblio.toml}]\n"
        "dossiers: [d, brouillon]\nreferences: [a]\n---\nUn mot.\n\n## Suite\n\nEncore.\n",
        encoding="utf-8",
    )
    _, faults = gathered_of(root)
    assert sorted(fault.code for fault in faults) == ["D231", "D233"]
    page = unescape(text_of(files_of(root), "events/journee.html"))
    assert '<a href="https://v.example/1">Le film</a>' in page
    assert page.index("Suite</h2>") < page.index(">Le tableau (") < page.index("Voir aussi")
    assert "Le tableau (CSV, 1,7 ko)</a>" in page
    assert "Le dossier</a>" in page
    assert 'href="../notices/a.html"' in page
    assert files_of(root)["files/journee-f.csv"] == b"x" * 1700


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a", "Sans tête.\n", "D230"),
        ("a", "---\ntitle: A\n", "D230"),
        ("index", "---\ntitle: A\n---\n", "D105"),
        ("a", "---\ntitre: A\n---\n", "D109"),
        ("a", "---\ntitle: A\n---\n<b>gras</b>\n", "W111"),
        ("a", "---\ntitle: A\nthemes: [rien]\n---\n", "D231"),
        ("a", "---\ntitle: A\nreferences: [rien]\n---\n", "D231"),
        ("a", "---\ntitle: A\nformer: [Été 2020]\n---\n", "D105"),
    ],
)
def test_what_is_wrong_with_a_page_is_told(tmp_path: Path, name: str, text: str, code: str) -> None:
    root = project(tmp_path, entry("a"))
    (root / "site" / f"{name}.md").write_text(text, encoding="utf-8")
    _, faults = gathered_of(root)
    assert code in {fault.code for fault in faults}, faults
    assert {fault.span.path for fault in faults if fault.span} == {f"site/{name}.md"}


def test_the_head_of_a_page_is_set_as_its_text_is(tmp_path: Path) -> None:
    root = project(tmp_path, entry("a"))
    head = "title: L'été\nkind: event\ndate: 2023-02-02\ndescription: Qu'en dit-on ?\n"
    videos = "videos: [{title: L'enregistrement, url: 'https://video.example.org/1', length: 1 h 52}]\n"
    (root / "site" / "ete.md").write_text(f"---\n{head}{videos}---\nL'été.\n", encoding="utf-8")
    page = text_of(files_of(root), "events/ete.html")
    words = page[page.index("<h1") : page.index("</article>")]
    for said in ("L’été", "Qu’en dit-on\u202f?", "L’enregistrement", "1\xa0h\xa052"):
        assert said in words
    assert "'" not in words


def test_the_key_that_was_most_likely_meant_is_named(tmp_path: Path) -> None:
    root = project(tmp_path, entry("roux-2020-marcher"))
    (root / "site" / "a.md").write_text("---\ntitle: A\nreferences: [roux-2020-marche]\n---\n", encoding="utf-8")
    _, faults = gathered_of(root)
    assert [(each.code, each.arguments["suggestion"]) for each in faults] == [("D232", "roux-2020-marcher")]


def test_a_notice_is_described_once_and_lists_by_coins() -> None:
    notice = (sample() / "notices/cnraclsm-2025-kit.html").read_text("utf-8")
    assert notice.count("application/ld+json") == 1
    assert '<meta name="citation_title"' in notice
    assert "Z3988" not in notice
    assert "citation_pdf_url" not in notice
    assert (sample() / "themes/clsm.html").read_text("utf-8").count("Z3988") > 5
    dossier = (sample() / "dossiers/demarches-territoriales-de-sante.html").read_text("utf-8")
    assert dossier.count("Z3988") > 100
    assert 'id="similar"' in notice
    assert "demarches" in notice or "contrats-locaux" in notice


COPY = Copy("https://web.archive.org/web/20210503000000/https://mort.example/a", "2021-05-03", "IA", "2026-12-01")
DEAD = LinkRecord(copy=COPY).seen(Sighting("https://mort.example/a", "2026-12-01", Cause.GONE, 404))


@pytest.mark.parametrize(("settings", "knob"), [("archived_copies = true\n", ""), ("", "archived_copies: true\n")])
def test_a_dead_link_has_its_copy_beside_it_where_that_is_wanted(tmp_path: Path, settings: str, knob: str) -> None:
    dossier = spec("mort", more=knob)
    root = project(tmp_path, entry("mort", url="https://mort.example/a"), settings=settings, dossiers={"un": dossier})
    (root / "links.jsonl").write_text(dumps({"https://mort.example/a": DEAD}))
    shown = {path for path, content in files_of(root).items() if f'data-versionurl="{COPY.url}"'.encode() in content}
    assert {path.partition("/")[0] for path in shown if path.endswith(".html")} == {
        "notices" if settings else "dossiers"
    }


def test_the_menu_and_the_logo_are_those_of_the_settings(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        entry("a", added="2025-12-01"),
        dossiers={"d": spec("a")},
        settings='menu = ["dossiers", "contact", "watch", "rien"]\nlogo = "site/logo.png"\n',
    )
    (root / "site" / "contact.md").write_text("---\ntitle: Nous écrire\n---\nUn mot.\n", encoding="utf-8")
    (root / "site" / "logo.png").write_bytes(b"\x89PNG")
    made = files_of(root)
    menu = re.search(r'<nav class="menu".*?</nav>', text_of(made, "notices/a.html"), re.DOTALL)
    assert menu is not None
    hrefs = ["../index.html", "../dossiers/index.html", "../pages/contact.html", "../watch/index.html"]
    assert re.findall(r'href="([^"]+)"', menu[0]) == hrefs
    assert '<img src="../files/logo.png" alt="">' in text_of(made, "notices/a.html")
    assert made["files/logo.png"] == b"\x89PNG"
    (root / "site" / "logo.png").unlink()
    assert [fault.code for fault in gathered_of(root)[1]] == ["C123"]


def test_only_what_is_shown_has_a_page_where_that_is_wanted(tmp_path: Path) -> None:
    entries = (entry("cite"), entry("signale", added="2025-12-01"), entry("dans-un-tiroir"), entry("du-jour"))
    root = project(tmp_path, *entries, dossiers={"d": spec("cite")}, settings='notices = "shown"\n')
    (root / "site" / "j.md").write_text(
        "---\ntitle: J\nkind: event\nreferences: [du-jour]\n---\nUn mot.\n", encoding="utf-8"
    )
    made = {path for path in files_of(root) if path.startswith("notices/")}
    assert made == {"notices/cite.html", "notices/signale.html", "notices/du-jour.html"}


def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    root = project(tmp_path / "p", entry("a"))
    (tmp_path / "secret.md").write_text("---\ntitle: Dehors\n---\nSecret.\n", encoding="utf-8")
    (root / "site" / "secret.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "secret.csv").write_text("Secret", encoding="utf-8")
    (root / "site" / "f.csv").symlink_to(tmp_path / "secret.csv")
    page = "---\ntitle: A\nsupports: [{title: F, file: site/f.csv}]\n---\nUn mot.\n"
    (root / "site" / "a.md").write_text(page, encoding="utf-8")
    made = files_of(root)
    assert not [path for path, content in made.items() if b"Secret" in content]
    assert [fault.code for fault in gathered_of(root)[1]] == ["D233"]


def test_a_long_value_ends_and_its_years_do_not(tmp_path: Path) -> None:
    root = project(tmp_path, *(entry(f"k{number}") for number in range(1_010)))
    made = files_of(root)
    themes = sorted(path for path in made if path.startswith("themes/logement"))
    assert len(themes) == 20
    assert 'href="../search.html?theme=logement"' in text_of(made, "themes/logement.html")
    years = "".join(text_of(made, path) for path in made if path.startswith("years/2024"))
    assert all(f"notices/k{number}.html" in years for number in range(1_010))
