"""Pulling from sources into the files of a project, again and again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.running import rewrite
from online.asking import Command, asking
from online.servers import Asked, Given
from online.services import UNIMARC, sru
from online.zotero_server import Library

from biblio.formats.bibtex.reader import read_bibtex

BIB = "references/equipe.bib"
STATE = "sources/equipe.json"
SETTINGS = '[sources.equipe]\nkind = "zotero"\nlibrary = "groups/12345"\n'
PERSON = [{"family": "Durand", "given": "Anne"}]
REVUE = "Revue de la ville"


@pytest.fixture
def library() -> Library:
    made = Library(collections={"ABCDEFGH": "Santé mentale"})
    made.put("AAAA1111", "Soigner la ville", author=PERSON, issued={"date-parts": [[2019]]}, collections=["ABCDEFGH"])
    made.put("BBBB2222", "Habiter", author=PERSON, issued={"date-parts": [[2020]]}, volume="3")
    for item in made.items.values():
        item["csljson"]["container-title"] = REVUE
    return made


@pytest.fixture
def command(
    library: Library, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    (project / "biblio.toml").write_text(SETTINGS, encoding="utf-8")
    with asking(library, project, monkeypatch, capsys) as made:
        yield made


def text(command: Command, name: str = BIB) -> str:
    return (command.folder / name).read_text("utf-8")


def test_what_is_new_comes_in_and_then_nothing(command: Command) -> None:
    done = command("pull")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("equipe : ajoutées à references/equipe.bib : 2 ;")
    assert "@article{durand-2019-soigner-ville," in text(command)
    assert "collections      = {Santé mentale}" in text(command)
    before = text(command), text(command, STATE)
    again = command("pull", "equipe")
    assert again.out == "equipe : rien de nouveau\n"
    assert (text(command), text(command, STATE)) == before
    # What the source said is a text that anybody can read, in an order that stays.
    state = json.loads(text(command, STATE))
    assert list(state["records"]) == ["AAAA1111", "BBBB2222"]
    assert state["records"]["BBBB2222"]["fields"]["volume"] == "3"
    assert command("check", "--quiet").code == 0


def test_a_section_takes_a_collection(command: Command) -> None:
    command("pull")
    spec = "dossiers/equipe.yaml"
    (command.folder / spec).write_text(
        "title: Veille\npublisher: Centre\nlang: fr\ndate: 2026-05\nsections:\n"
        "  - title: Lectures\n    select: {collection: sante mentale}\n",
        encoding="utf-8",
    )
    done = command("build", "equipe", "--format", "html")
    assert done.code == 0, done.err
    page = (command.folder / "build" / "equipe.html").read_text("utf-8")
    assert "Soigner la ville" in page
    assert "Habiter" not in page


def test_corrections_stay_and_changes_come_in(command: Command, library: Library) -> None:
    command("pull")
    rewrite(command.folder / BIB, "{Soigner la ville}", "{Soigner la ville, ici}")
    rewrite(command.folder / BIB, "@article{durand-2020-habiter,", "% gardé tel quel\n@article{durand-2020-habiter,")
    rewrite(command.folder / BIB, "volume           = {3}", "volume           = {4}")
    before = text(command)
    library.put("AAAA1111", "Soigner la ville", author=PERSON, issued={"date-parts": [[2019, 6]]}, DOI="10.1000/a")
    library.put("BBBB2222", "Habiter la ville", author=PERSON, issued={"date-parts": [[2020]]}, volume="5")
    done = command("pull")
    assert "mises à jour : 2" in done.out
    after = text(command)
    assert "title            = {Soigner la ville, ici}" in after
    assert "date             = {2019-06}" in after
    assert "doi              = {10.1000/a}" in after
    assert "title            = {Habiter la ville}" in after
    assert "volume           = {4}" in after
    assert "% gardé tel quel" in after
    assert "volume de « durand-2020-habiter » a changé des deux côtés : « 4 » ici, « 5 » dans « equipe »" in done.err
    # Keys stay, and so does every line that nobody changed.
    assert [line for line in before.splitlines() if line not in after.splitlines()] == [
        "  date             = {2019},",
        "  title            = {Habiter},",
    ]
    # It is told once.
    assert command("pull").err == ""


def test_a_dry_run_writes_nothing(command: Command, library: Library) -> None:
    done = command("pull", "--dry-run")
    assert done.out.startswith("equipe, sans rien écrire : à ajouter à references/equipe.bib : 2 ;")
    assert not (command.folder / BIB).exists()
    assert not (command.folder / STATE).exists()


def test_what_has_gone_is_told_and_stays(command: Command, library: Library) -> None:
    command("pull")
    before = text(command)
    library.remove("BBBB2222")
    done = command("pull")
    assert "« durand-2020-habiter » n'est plus dans « equipe » : la référence reste ici" in done.err
    assert done.code == 0
    assert text(command) == before
    assert command("pull").err == ""


def test_what_was_deleted_here_stays_so(command: Command, library: Library) -> None:
    command("pull")
    (command.folder / BIB).write_text(text(command).partition("@article{durand-2020-habiter")[0], encoding="utf-8")
    library.put("BBBB2222", "Habiter encore", author=PERSON, issued={"date-parts": [[2020]]})
    done = command("pull")
    assert "supprimées ici : 1" in done.out
    assert "Habiter" not in text(command)


def test_a_key_that_was_changed_here_is_followed(command: Command, library: Library) -> None:
    command("pull")
    rewrite(command.folder / BIB, "{durand-2020-habiter,", "{habiter,")
    library.put("BBBB2222", "Habiter encore", author=PERSON, issued={"date-parts": [[2020]]}, volume="3")
    command("pull")
    assert [each.citekey for each in read_bibtex(text(command).encode(), BIB).value] == [
        "durand-2019-soigner-ville",
        "habiter",
    ]
    assert "{Habiter encore}" in text(command)


def test_a_document_that_is_there_already_is_completed_in_its_file(command: Command, library: Library) -> None:
    (command.folder / "references" / "anciennes.bib").write_text(
        "@article{soigner,\n  author = {Durand, Anne},\n  title = {Soigner la ville},\n  doi = {10.1000/A},\n}\n",
        encoding="utf-8",
    )
    library.put("AAAA1111", "Soigner la ville", author=PERSON, issued={"date-parts": [[2019]]}, DOI="10.1000/a")
    done = command("pull")
    assert "réunies à d'autres : 1" in done.out
    assert "2019" in text(command, "references/anciennes.bib")
    assert "Soigner" not in text(command)
    library.put("AAAA1111", "Soigner la ville", author=PERSON, issued={"date-parts": [[2019, 5]]}, DOI="10.1000/a")
    command("pull")
    assert "2019-05" in text(command, "references/anciennes.bib")


def test_a_source_that_does_not_answer_leaves_the_others_their_turn(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "biblio.toml").write_text(
        SETTINGS + '[sources.bnf]\nkind = "sru"\naddress = "https://catalogue.bnf.fr/api/SRU"\nquery = "ville"\n',
        encoding="utf-8",
    )

    def answer(asked: Asked) -> Given:
        return (
            Given(sru(UNIMARC), "text/xml")
            if "bnf" in asked.host
            else Given(status=503, headers={"Retry-After": "999"})
        )

    with asking(answer, project, monkeypatch, capsys) as command:
        done = command("pull", "--json")
    assert done.code == 1
    assert [(each["source"], each["added"]) for each in done.json["sources"]] == [("bnf", ["durand-2019-soin-ville"])]
    assert done.json["sources"][0]["written"] == ["references/bnf.bib", "sources/bnf.json"]
    assert [each["code"] for each in done.json["diagnostics"]] == ["E159"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"records": {}}', '{"source": {}, "cursor": 3, "records": {}}', "\0"]
)
def test_a_file_of_what_was_said_that_is_damaged_is_left_alone(command: Command, content: str) -> None:
    (command.folder / "sources").mkdir()
    (command.folder / STATE).write_text(content, encoding="utf-8")
    done = command("pull")
    assert (done.code, "E201" in done.err) == (1, True)
    assert text(command, STATE) == content
    assert not (command.folder / BIB).exists()


def test_where_what_was_said_cannot_be_written_nothing_is(command: Command) -> None:
    (command.folder / "sources").write_text("a file where the folder should be", encoding="utf-8")
    done = command("pull")
    assert (done.code, "E105" in done.err) == (1, True)
    assert not (command.folder / BIB).exists()


def test_another_library_under_the_same_name_is_read_from_its_start(command: Command, library: Library) -> None:
    command("pull")
    (command.folder / "biblio.toml").write_text(SETTINGS + 'collection = "ABCDEFGH"\n', encoding="utf-8")
    done = command("pull")
    assert "disparues : 1" in done.out


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("", "E182"),
        ("sources = 3\n", "C102"),
        ('[sources.x]\nkind = "ftp"\n', "C112"),
        ('[sources.x]\nkind = "zotero"\n', "C111"),
        ('[sources."../x"]\nkind = "zotero"\nlibrary = "groups/1"\n', "C111"),
        ('[sources.x]\nkind = "zotero"\nlibrary = "../groups/1"\n', "C111"),
        ('[sources.x]\nkind = "zotero"\nlibrary = "groups/1"\ninto = "../x.bib"\n', "C111"),
        ('[sources.x]\nkind = "zotero"\nlibrary = "groups/1"\ninto = "references/../../x.bib"\n', "C111"),
        ('[sources.x]\nkind = "zotero"\nlibrary = "groups/1"\nkey = "abcd"\n', "C102"),
        ('[sources.x]\nkind = "zotero"\nlibrary = "groups/1"\nkey-variable = "AWS_SECRET_ACCESS_KEY"\n', "C111"),
        ('[sources.x]\nkind = "oai-pmh"\naddress = "file:///etc/passwd"\n', "C111"),
        ('[sources.x]\nkind = "oai-pmh"\naddress = "https://a:b@example.org/"\n', "C111"),
        ('[sources.x]\nkind = "sru"\naddress = "https://example.org/"\n', "C111"),
        ('[sources.x]\nkind = "zotero-local"\nport = 22\n', "C111"),
    ],
)
def test_a_source_that_is_not_understood_is_said_before_anybody_is_asked(
    command: Command, settings: str, code: str
) -> None:
    (command.folder / "biblio.toml").write_text(settings, encoding="utf-8")
    done = command("pull")
    assert done.code == 2
    assert code in done.err
    assert command.served.asked == []


def test_a_source_that_is_not_there_is_said(command: Command) -> None:
    done = command("pull", "autre")
    assert (done.code, "sources : equipe" in done.err) == (2, True)


def test_nothing_of_the_local_network_is_asked(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (command.folder / "biblio.toml").write_text(
        '[sources.x]\nkind = "oai-pmh"\naddress = "http://192.168.1.10/oai"\n', encoding="utf-8"
    )
    monkeypatch.setattr("biblio.online.setup.resolved", lambda host, port: (host,))  # noqa: ARG005
    done = command("pull")
    assert (done.code, "E152" in done.err) == (1, True)
    assert command.served.asked == []


def test_a_key_is_never_printed_or_written(command: Command, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.key = "SecretSecretSecret"
    monkeypatch.setenv("ZOTERO_API_KEY", library.key)
    done = command("pull", "--json")
    assert done.code == 0
    library.key = "Autre"
    refused = command("pull")
    assert "403" in refused.err
    written = "".join(path.read_text("utf-8", "replace") for path in command.folder.parent.rglob("*") if path.is_file())
    assert "SecretSecretSecret" not in written + done.out + done.err + refused.err
