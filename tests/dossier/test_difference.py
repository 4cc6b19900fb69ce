"""What changed since an earlier edition: in a git repository, and from published files."""

from __future__ import annotations

import io
import os
import shutil
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from cli.running import Done, environment, rewrite
from cli.running import biblio as run
from dossier.questions import SLUG, commit, git, make

from biblio.document.tree import Role
from biblio.dossier.difference import Edition, Item, compare, excerpts, field_name
from biblio.outputs.pdf.attachments import attachments
from biblio.outputs.read_page import read_page
from biblio.reference.fields import FIELDS

SPEC, BIB = f"dossiers/{SLUG}.yaml", "references/a.bib"

FRENCH = """\
Ajoutées : 1
  quatre-2021  La santé mentale en ville (dans « Conseils > Bilans »)
Retirées : 1
  deux-2020  Un conseil évalué (dans « Conseils > Bilans »)
Sections renommées : 1
  de « Contrats » à « Contrats locaux »
Déplacées : 1
  trois-2021  Contracts for health
    de « Contrats » à « Conseils > À venir »
Modifiées : 1
  un-2019  Le contrat expliqué à tous
    titre : « Le contrat expliqué » → « Le contrat expliqué à tous »
    date : « mars 2019 » → « 4 mars 2019 »
    adresse, ajouté : « https://www.example.org/un »
    mots-clés : « cls, logement » → « cls »
    accès libre, ôté : « yes »
"""
ENGLISH = """\
Added: 1
  quatre-2021  La santé mentale en ville (in “Conseils > Bilans”)
Removed: 1
  deux-2020  Un conseil évalué (in “Conseils > Bilans”)
Sections renamed: 1
  from “Contrats” to “Contrats locaux”
Moved: 1
  trois-2021  Contracts for health
    from “Contrats” to “Conseils > À venir”
Changed: 1
  un-2019  Le contrat expliqué à tous
    title: “Le contrat expliqué” → “Le contrat expliqué à tous”
    date: “March 2019” → “4 March 2019”
    address, added: “https://www.example.org/un”
    keywords: “cls, logement” → “cls”
    open access, taken out: “yes”
"""


def biblio(folder: Path, *words: str, **more: str) -> Done:
    """Runs a command with no git settings but those of the repository at hand."""
    env = {name: value for name, value in environment().items() if not name.startswith("GIT_")}
    return run(folder, *words, env={**env, "GIT_CEILING_DIRECTORIES": str(folder.parents[2]), **more})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project in a folder of a repository, with an accent in its name, at its first commit."""
    folder = make(tmp_path / "dépôt" / "centre" / "dossiers d'été")
    git(tmp_path / "dépôt", "init", "-q", "-b", "main")
    commit(folder, "first", "2022-04-10T12:00:00+00:00")
    return folder


def change(folder: Path) -> None:
    """One reference comes and one goes, one moves, one says something else, and a section gets another heading."""
    rewrite(
        folder / SPEC,
        "title: Contrats\n    references: [un-2019, trois-2021]",
        "title: Contrats locaux\n    references: un-2019",
    )
    rewrite(folder / SPEC, "{theme: clsm, issued: 2020}", "{theme: clsm, issued: 2021}")
    rewrite(folder / SPEC, "select: {theme: cls, issued: 2030..}", "references: trois-2021")
    rewrite(
        folder / BIB, "{Le contrat expliqué},", "{Le contrat expliqué à tous},\n  url = {https://www.example.org/un},"
    )
    rewrite(folder / BIB, "date = {2019-03},\n  keywords = {cls, logement}", "date = {2019-03-04},\n  keywords = {cls}")
    rewrite(folder / BIB, "openaccess = {yes},\n  annotation", "annotation")


# --- the repository --------------------------------------------------------------------------------------------------


def test_since_a_revision_in_both_languages(project: Path) -> None:
    first = git(project, "rev-parse", "HEAD")[:10]
    change(project)
    done = biblio(project, "diff", SLUG, "--since", "HEAD")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"demo, depuis HEAD ({first})\n{FRENCH}"
    done = biblio(project, "diff", SLUG, "--since", first, "--lang", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"demo, since {first} ({first})\n{ENGLISH}"


def test_nothing_changed(project: Path) -> None:
    first = git(project, "rev-parse", "HEAD")[:10]
    assert biblio(project, "diff", SLUG, "--since", "main").out == f"demo, depuis main ({first})\nRien n'a changé.\n"
    # A file that has nothing to do with the dossier, and what is not committed yet, are no matter.
    (project / "notes.txt").write_text("…", encoding="utf-8")
    assert biblio(project, "diff", SLUG, "--since", "main").out.endswith("Rien n'a changé.\n")


def test_since_a_date_is_the_last_state_before_that_day(project: Path) -> None:
    change(project)
    second = commit(project, "second", "2022-05-02T09:00:00+00:00")
    first = git(project, "rev-parse", "HEAD~1")[:10]
    for date, state in (("2022-05-03", second), ("2022-05-02", first), ("2022-05", first), ("2022-04-11", first)):
        done = biblio(project, "diff", SLUG, "--since", date, TZ="UTC")
        assert done.out.startswith(f"demo, depuis {date} ({state})\n")
        assert done.out.endswith("Rien n'a changé.\n" if state == second else FRENCH)
    for date in ("2022-04-10", "2022", "1950", "0001"):
        done = biblio(project, "diff", SLUG, "--since", date, TZ="UTC")
        assert (done.code, done.out) == (2, "")
        assert f"erreur E116 no-edition-then: le dossier « demo » n'existait pas à ce moment : {date}\n" in done.err
    assert biblio(project, "diff", SLUG, "--since", "9999-12-31", TZ="UTC").out.endswith("Rien n'a changé.\n")


def test_a_tag_may_be_called_like_a_date(project: Path) -> None:
    git(project, "tag", "2021")
    first = git(project, "rev-parse", "HEAD")[:10]
    assert biblio(project, "diff", SLUG, "--since", "2021").out.startswith(f"demo, depuis 2021 ({first})\n")


def test_for_programs(project: Path) -> None:
    change(project)
    record = biblio(project, "diff", SLUG, "--since", "HEAD", "--json").json
    assert (record["slug"], record["sections_compared"]) == (SLUG, True)
    item = {"citekey": "quatre-2021", "title": "La santé mentale en ville", "section": ["Conseils", "Bilans"]}
    assert record["added"] == [item]
    assert [each["citekey"] for each in record["removed"]] == ["deux-2020"]
    assert record["moved"] == [
        {
            "citekey": "trois-2021",
            "title": "Contracts for health",
            "section": ["Conseils", "À venir"],
            "from": ["Contrats"],
        }
    ]
    assert record["renamed"] == [{"from": ["Contrats"], "section": ["Contrats locaux"]}]
    assert record["changed"][0]["fields"][1] == {
        "name": "issued",
        "old": "mars 2019",
        "new": "4 mars 2019",
        "label": "date",
    }


def test_a_dossier_that_was_not_there_yet(project: Path) -> None:
    shutil.copy(project / SPEC, project / "dossiers" / "autre.yaml")
    done = biblio(project, "diff", "autre", "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "erreur E116" in done.err


def test_a_spec_that_was_faulty_then_is_told_with_its_revision(project: Path) -> None:
    good = (project / SPEC).read_text(encoding="utf-8")
    (project / SPEC).write_text("- rien\n", encoding="utf-8")
    commit(project, "bad", "2022-05-01T12:00:00+00:00")
    (project / SPEC).write_text(good, encoding="utf-8")
    done = biblio(project, "diff", SLUG, "--since", "HEAD")
    assert done.code == 2
    assert f"HEAD:{SPEC}:1:1: erreur D106" in done.err


@pytest.mark.parametrize(
    "since", ["v9", "--output=vole", "-1", "HEAD;id", "$(id)", "HEAD:dossiers", "a\nb", "a" * 5000, ""]
)
def test_what_is_no_revision_is_refused_and_never_run(project: Path, since: str) -> None:
    done = biblio(project, "diff", SLUG, f"--since={since}")
    assert (done.code, done.out) == (2, "")
    assert "erreur E115 unknown-edition: " in done.err
    assert not (project / "vole").exists()


def test_without_a_repository(tmp_path: Path) -> None:
    folder = make(tmp_path / "loin" / "projet")
    done = biblio(folder, "diff", SLUG, "--since", "HEAD")
    assert (done.code, done.out) == (2, "")
    assert "erreur E114 no-repository: le projet n'a pas d'historique git ; git répond : fatal: " in done.err


def test_without_a_commit(tmp_path: Path) -> None:
    folder = make(tmp_path / "loin" / "projet")
    git(folder, "init", "-q")
    assert "erreur E115" in biblio(folder, "diff", SLUG, "--since", "HEAD").err
    assert "erreur E116" in biblio(folder, "diff", SLUG, "--since", "2030").err


def test_without_git(project: Path) -> None:
    done = biblio(project, "diff", SLUG, "--since", "HEAD", PATH=os.devnull)
    assert (done.code, done.out) == (2, "")
    assert "erreur E113 no-git: git ne peut pas être lancé : " in done.err


def test_links_and_files_outside_the_project_are_left_alone(project: Path) -> None:
    """A link that was committed is not followed: it could lead anywhere."""
    (project / "references" / "lien.bib").symlink_to("/etc/hostname")
    first = commit(project, "link", "2022-05-01T12:00:00+00:00")
    (project / "references" / "lien.bib").unlink()
    done = biblio(project, "diff", SLUG, "--since", "HEAD")
    assert done.out == f"demo, depuis HEAD ({first})\nRien n'a changé.\n"


# --- published files -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was published of the project before it changed."""
    folder = make(tmp_path_factory.mktemp("édition") / "projet")
    done = run(folder, "build", "--format", "pdf,html")
    assert done.code == 0
    return folder / "build"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    folder = make(tmp_path / "loin" / "projet")
    change(folder)
    return folder


def without_moves(text: str) -> str:
    """What a file that knows no sections tells of the same changes."""
    before, rest = text.split("Sections renommées")
    after = rest[rest.index("Modifiées") :]
    return (
        before.replace(
            "Retirées : 1\n  deux-2020  Un conseil évalué (dans « Conseils > Bilans »)",
            "Retirées : 1\n  deux-2020  Un conseil évalué",
        )
        + after
        + ("Ce fichier ne dit rien des sections : les déplacements n'ont pas été cherchés.\n")
    )


def test_since_a_published_pdf(published: Path, changed: Path) -> None:
    pdf = published / f"{SLUG}.pdf"
    done = biblio(changed, "diff", SLUG, "--since", str(pdf))
    assert (done.code, done.err) == (0, "")
    assert done.out == f"demo, depuis demo.pdf\n{without_moves(FRENCH)}"


def test_since_the_bibtex_file_that_came_with_it(published: Path, changed: Path) -> None:
    bib = changed / "vieux.bib"
    bib.write_bytes(attachments((published / f"{SLUG}.pdf").read_bytes())["application/x-bibtex"])
    done = biblio(changed, "diff", SLUG, "--since", "vieux.bib")
    assert done.out == f"demo, depuis vieux.bib\n{without_moves(FRENCH)}"


def test_since_a_published_page(published: Path, changed: Path) -> None:
    done = biblio(changed, "diff", SLUG, "--since", str(published / f"{SLUG}.html"))
    assert (done.code, done.err) == (0, "")
    said = done.out.replace("\u00a0", " ").replace("\u202f", " ")
    assert said.startswith(f"demo, depuis demo.html\n{FRENCH.partition('Modifiées')[0]}")
    assert "    titre : « Le contrat expliqué » → « Le contrat expliqué à tous »\n" in said
    assert "    source : « La Revue, 2019-03 » → « La Revue, 2019-03-04 »\n" in said
    assert "    liens, ajouté : « https://www.example.org/un »\n" in said


def test_since_a_manifest_with_its_files_beside_it(published: Path, changed: Path) -> None:
    done = biblio(changed, "diff", SLUG, "--since", str(published / f"{SLUG}.manifest.json"))
    assert done.out == f"demo, depuis demo.pdf\n{without_moves(FRENCH)}"


def test_since_a_manifest_alone_the_repository_has_the_same_files(published: Path, project: Path) -> None:
    first = git(project, "rev-parse", "HEAD")[:10]
    change(project)
    commit(project, "second", "2022-05-02T09:00:00+00:00")
    shutil.copy(published / f"{SLUG}.manifest.json", project / "vieux.json")
    done = biblio(project, "diff", SLUG, "--since", "vieux.json")
    assert (done.code, done.err) == (0, "")
    assert done.out == f"demo, depuis vieux.json ({first})\n{FRENCH}"
    record = (project / "vieux.json").read_text(encoding="utf-8")
    for old, new in ((f'"{SPEC}": "', f'"{SPEC}": "0'), (f'"dossier": "{SLUG}"', '"dossier": "autre"')):
        assert record.count(old) == 1
        (project / "vieux.json").write_text(record.replace(old, new), encoding="utf-8")
        assert "erreur E117" in biblio(project, "diff", SLUG, "--since", "vieux.json").err


@pytest.mark.parametrize("name", ["vide.pdf", "faux.pdf", "page.html", "rien.json", "rien.bib", "image.png"])
def test_a_file_that_holds_no_edition(changed: Path, name: str) -> None:
    with io.BytesIO() as empty, pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(empty)
        blank = empty.getvalue()
    content = {"vide.pdf": blank, "faux.pdf": b"%PDF-1.7\n\xff /EmbeddedFile stream\n", "rien.bib": b"% rien\n"}
    (changed / name).write_bytes(content.get(name, b"<p>rien \xff"))
    done = biblio(changed, "diff", SLUG, "--since", name)
    assert (done.code, done.out) == (2, "")
    assert f"{name}:1:1: erreur E117 not-an-edition: " in done.err


def test_attachments_are_those_that_another_reader_finds(published: Path) -> None:
    content = (published / f"{SLUG}.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        expected = {file.get_file().mime_type: file.get_file().read_bytes() for file in pdf.attachments.values()}
    assert len(expected) == 3
    assert attachments(content) == expected
    # Saved again by another program, compressed or not, it still gives them.
    for settings in (
        {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    ):
        with io.BytesIO() as saved, pikepdf.open(io.BytesIO(content)) as pdf:
            pdf.save(saved, **settings)
            assert attachments(saved.getvalue()) == expected
    assert attachments(content[: len(content) // 2]).items() <= expected.items()


def test_notices_are_read_from_a_page_with_their_headings(published: Path) -> None:
    page = read_page((published / f"{SLUG}.html").read_text(encoding="utf-8"))
    notices = page.notices
    assert {("Contrats",), ("Conseils", "À venir")} <= page.headings
    assert [(each.anchor, each.path) for each in notices] == [
        ("ref-un-2019", ("Contrats",)),
        ("ref-trois-2021", ("Contrats",)),
        ("ref-deux-2020", ("Conseils", "Bilans")),
    ]
    assert notices[0].lines["title"] == "Le contrat expliqué"
    assert read_page("<p>").notices == ()
    marked = (
        '<h2>S</h2><ul><li class="notice" id="ref-a"><p class="label">Avis <span class="new">Nouveau</span></p></li>'
    )
    assert [(each.path, each.lines) for each in read_page(marked).notices] == [(("S",), {"label": "Avis"})]
    alone = marked.replace('<p class="label">Avis', '<p class="label">Avis</p><p class="new">').replace("</span>", "")
    assert [each.lines for each in read_page(alone).notices] == [{"label": "Avis"}]


def test_a_page_that_names_its_lines_otherwise_is_read_in_words(published: Path, changed: Path) -> None:
    text = (published / f"{SLUG}.html").read_text(encoding="utf-8")
    assert '<p class="source">' in text
    page = changed / "publiée.html"
    page.write_text(text.replace('<p class="source">', '<p class="__class__ x">'), encoding="utf-8")
    done = run(changed, "diff", SLUG, "--since", str(page))
    assert done.code == 0
    assert "note, ôté" in done.out
    assert "__class__" not in done.out


# --- comparing -------------------------------------------------------------------------------------------------------


def edition(*items: Item) -> Edition:
    return Edition({item.citekey: item for item in items}, frozenset(item.section for item in items))


def test_a_reference_under_another_key_has_changed() -> None:
    old = edition(Item("vieux", "Un titre", ("A",), {"issued": "2019"}))
    new = edition(Item("neuf", "Un Titre", ("A",), {"issued": "2019"}))
    found = compare(old, new)
    assert (found.added, found.removed, found.moved) == ((), (), ())
    ((_, fields),) = [(each.item, each.fields) for each in found.changed]
    assert [(each.name, each.old, each.new) for each in fields] == [("citekey", "vieux", "neuf")]
    other = compare(old, edition(Item("neuf", "Un titre", ("A",), {"issued": "2020"})))
    assert (len(other.added), len(other.removed)) == (1, 1)


def test_a_reference_says_itself_which_key_it_had() -> None:
    """Its ``ids`` lead to the edition in which it had another title, too; an entry of that key is another one."""
    old = edition(Item("vieux", "Un titre", ("A",), {"issued": "2019"}), Item("autre", "Autre", ("A",)))
    new = edition(
        Item("neuf", "Un tout autre titre", ("A",), {"issued": "2020"}, ("vieux",)), Item("autre", "Autre", ("A",))
    )
    found = compare(old, new)
    assert (found.added, found.removed) == ((), ())
    assert [(each.name, each.new) for each in found.changed[0].fields] == [("citekey", "neuf"), ("issued", "2020")]
    both = edition(*old.items.values(), Item("neuf", "Neuf", ("A",), {}, ("autre",)))
    assert [item.citekey for item in compare(old, both).added] == ["neuf"]


def test_a_section_is_renamed_when_no_other_could_be_meant() -> None:
    old = edition(Item("a", "A", ("S",)), Item("b", "B", ("S",)), Item("c", "C", ("T",)))
    renamed = compare(old, edition(Item("a", "A", ("S 2",)), Item("b", "B", ("S 2",)), Item("c", "C", ("T",))))
    assert (renamed.renamed, renamed.moved) == (((("S",), ("S 2",)),), ())
    split = compare(old, edition(Item("a", "A", ("X",)), Item("b", "B", ("Y",)), Item("c", "C", ("T",))))
    assert (split.renamed, len(split.moved)) == ((), 2)
    joined = compare(old, edition(Item("a", "A", ("X",)), Item("b", "B", ("X",)), Item("c", "C", ("X",))))
    assert (joined.renamed, len(joined.moved)) == ((), 3)


def test_a_renamed_section_takes_what_stands_under_it_along() -> None:
    old = edition(*(Item(key, key, ("Bilans", group)) for key, group in zip("abcd", "1223", strict=True)))
    one = compare(old, edition(*(Item(key, key, ("Avis", group)) for key, group in zip("abcd", "1223", strict=True))))
    assert (one.renamed, one.moved) == (((("Bilans",), ("Avis",)),), ())
    # Two references have changed places between two groups: they have moved, the others have not.
    two = compare(old, edition(*(Item(key, key, ("Avis", group)) for key, group in zip("abcd", "2123", strict=True))))
    assert two.renamed == ((("Bilans",), ("Avis",)),)
    assert [(each.item.citekey, each.old) for each in two.moved] == [("a", ("Bilans", "1")), ("b", ("Bilans", "2"))]
    # A group that has another heading as well is a renaming of its own.
    both = compare(old, edition(*(Item(key, key, ("Avis", group)) for key, group in zip("abcd", "1229", strict=True))))
    assert both.renamed == ((("Bilans",), ("Avis",)), (("Bilans", "3"), ("Avis", "9")))
    assert both.moved == ()
    # One that was parted in two is none.
    split = compare(old, edition(*(Item(key, key, (key, group)) for key, group in zip("abcd", "1223", strict=True))))
    assert (split.renamed, len(split.moved)) == (((("Bilans", "1"), ("a", "1")), (("Bilans", "3"), ("d", "3"))), 2)


def test_a_section_with_groups_is_renamed_once(project: Path) -> None:
    rewrite(project / SPEC, "title: Contrats\n", "title: Contrats\n    group_by: type\n")
    commit(project, "groups", "2022-05-01T12:00:00+00:00")
    rewrite(project / SPEC, "title: Contrats\n", "title: Contrats locaux\n")
    done = biblio(project, "diff", SLUG, "--since", "HEAD")
    assert done.code == 0
    assert "Traceback" not in done.err
    assert done.out.partition("\n")[2] == "Sections renommées : 1\n  de « Contrats » à « Contrats locaux »\n"


def test_a_long_text_is_shown_where_it_differs() -> None:
    start = "Les contrats locaux de santé sont signés entre une collectivité et une agence régionale. "
    old, new = excerpts(f"{start}Ils durent trois ans.", f"{start}Ils durent cinq ans.")
    assert old == "… une agence régionale. Ils durent trois ans."
    assert new == "… une agence régionale. Ils durent cinq ans."
    assert excerpts("", start * 3)[1].startswith("Les contrats")
    assert excerpts("", start * 3)[1].endswith(" …")
    assert excerpts("a", "b") == ("a", "b")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_field_has_a_word_of_its_own(lang: str) -> None:
    said = [field_name(row.variable, lang) for row in FIELDS if not row.private]
    assert sorted(word for word, times in Counter(said).items() if times > 1) == []
    assert [word for word in said if "_" in word] == []
    assert all(field_name(f"line_{role}", lang) for role in (*Role, "label"))


def test_values_that_are_keys_of_biblatex_are_said_in_words(project: Path) -> None:
    was = "langid = {french},\n  openaccess = {yes},\n  annotation = {Ce que"
    now = "langid = {english},\n  type = {phdthesis},\n  pubstate = {inpress},\n  annotation = {Ce que"
    rewrite(project / "references" / "a.bib", was, now)
    done = run(project, "diff", SLUG, "--since", "HEAD", "--lang", "fr")
    assert "genre, ajouté : « thèse de doctorat »" in done.out
    assert "état de la publication, ajouté : « sous presse »" in done.out
    assert "« anglais »" in done.out


def test_a_field_is_never_called_as_the_program_calls_it() -> None:
    assert field_name("issued", "fr") == "date"
    assert field_name("holder", "fr") == "titulaires du brevet"
    assert field_name("number_of_volumes", "en") == "number of volumes"
