"""What a notice says in the dossier's language, and what in the document's, in every kind of dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from compose.material import HEAD, SLUG, project
from notation import shown

from biblio.build.pipeline import compose_dossier
from biblio.document.tree import Notice, Role
from biblio.dossier.kinds import KINDS

REFERENCES = r"""
@incollection{buch, author = {Humboldt, Anna}, title = {Die "Gesundheit" der Anderen: ein Versuch},
  subtitle = {was tun?}, booktitle = {Das Buch: "Kapitel" eins}, editor = {Weber, Max}, series = {Reihe: "Praxis"},
  number = 4, edition = 2, publisher = {Verlag}, date = {1999-03}, pages = {12-15},
  langid = {swissgerman}, added = {2020-01-01}}
@phdthesis{tesis, author = {Díaz, Ana}, title = {La salud: "ayer"}, school = {Uni}, date = 2001, langid = spanish,
  added = {2020-01-02}}
@article{study, author = {Snow, Jo}, title = {Health: the "last" study's end?}, journaltitle = {Health},
  issuetitle = {Special: "now"}, volume = 3, number = 2, date = {2001-05}, langid = {american}, added = {2020-01-03}}
@book{cle, title = {Santé, \bibstring{newseries}}, subtitle = {\bibcpstring{forthcoming}}, date = {2002},
  langid = {french}, added = {2020-01-04}}
@book{sifr, title = {كتاب الصحة}, date = {2003}, langid = {arabic}, added = {2020-01-05}}
"""
KEYS = ("buch", "tesis", "study", "cle", "sifr")


def notices(folder: Path, kind: str, lang: str, head: str = "") -> dict[str, Notice]:
    spec = f"kind: {kind}\nlang: {lang}\n{head}sections:\n  - {{title: Un, references: [{', '.join(KEYS)}]}}\n"
    made = project(folder, spec, REFERENCES, HEAD)
    loaded = made.dossier(SLUG)
    assert loaded.value is not None, loaded.diagnostics
    done = compose_dossier(made, loaded.value, loaded.value.style).value
    assert done is not None
    return {notice.citekey: notice for notice in done.document.notices}


def line(notice: Notice, role: Role) -> str:
    return "\n".join(shown(each.content) for each in notice.lines if each.role is role)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_titles_have_the_marks_of_their_language(tmp_path: Path, kind: str, lang: str) -> None:
    found = {
        key: "\n".join(shown(each.content) for each in notice.lines)
        for key, notice in notices(tmp_path, kind, lang).items()
    }
    assert "<de-CH>Die „Gesundheit“ der Anderen: ein Versuch" in found["buch"]
    assert "<de-CH>Das Buch: „Kapitel“ eins</de-CH>" in found["buch"]
    assert "<es>La salud: «ayer»</es>" in found["tesis"]
    title = "Health: the “last” study’s end?"
    assert (f"<en-US>{title}</en-US>" if lang == "fr" else title) in found["study"]
    assert "<ar>كتاب الصحة</ar>" in found["sifr"]


@pytest.mark.parametrize(("lang", "words"), [("fr", "nouvelle série"), ("en", "new series")])
@pytest.mark.parametrize("kind", KINDS)
def test_a_key_in_a_title_is_said_in_the_dossier_s_language(tmp_path: Path, kind: str, lang: str, words: str) -> None:
    printed = "\n".join(shown(each.content) for each in notices(tmp_path, kind, lang)["cle"].lines)
    assert words in printed
    assert ("À paraître" if lang == "fr" else "Forthcoming") in printed


@pytest.mark.parametrize(
    ("lang", "labels", "source"),
    [
        (
            "fr",
            {"buch": "Ouvrage", "tesis": "Thèse", "study": "Article", "cle": "Ouvrage", "sifr": "Ouvrage"},
            (
                "In␣: <sc>WEBER</sc> Max, <b><de-CH>Das Buch: „Kapitel“ eins</de-CH></b>, <i>2<sup>e</sup> éd., "
                "Verlag, <de-CH>Reihe: „Praxis“</de-CH> n°␣4, 1999-03, pp.␣12-15</i>"
            ),
        ),
        (
            "en",
            {"buch": "Book", "tesis": "Thesis", "study": "Article", "cle": "Book", "sifr": "Book"},
            (
                "In: <sc>WEBER</sc> Max, <b><de-CH>Das Buch: „Kapitel“ eins</de-CH></b>, <i>2nd ed., Verlag, "
                "<de-CH>Reihe: „Praxis“</de-CH> no. 4, 1999-03, pp. 12-15</i>"
            ),
        ),
    ],
)
def test_labels_and_terms_are_the_dossier_s_whatever_the_document_s(
    tmp_path: Path, lang: str, labels: dict[str, str], source: str
) -> None:
    found = notices(tmp_path, "selection", lang)
    assert {key: notice.label for key, notice in found.items()} == labels
    assert line(found["buch"], Role.SOURCE) == source
