"""An annotation in another language than its dossier's: cut where that language cuts, and said to be in it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from compose.material import printed
from outputs.outputs import Output
from outputs.tagged import key, words

from biblio.build.pipeline import render

# Long words with the points where German divides them; French has others (Duden, Worttrennung).
DIVIDED = "Ge-sund-heits-ver-sor-gungs-for-schung Be-völ-ke-rungs-ge-sund-heits-be-richt Kran-ken-ver-si-che-rungs-amt"
WORDS = DIVIDED.replace("-", "")
ANNOTATION = f"Der Bericht nennt {' und '.join(WORDS.split())}. " * 4
REFERENCES = (
    "@report{zay, author = {Zay, Luc}, title = {Un rapport}, institution = {Ville}, date = {2024}, langid = {french},"
    f" annotation = {{{ANNOTATION}}}, annotationlanguage = {{ngerman}}, annotationsource = {{auteur}}}}"
)
SPEC = "sections: [{title: Un, references: [zay]}]\n"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    return printed(tmp_path_factory.mktemp("german"), SPEC, REFERENCES)


def test_it_is_tagged_in_its_language_and_its_provenance_in_the_dossiers(output: Output) -> None:
    assert output.diagnostics == ()
    passages = [each for each in output.tagged.root.walk() if each.lang == "de"]
    assert key("".join(words(each.runs()) for each in passages)) == key(ANNOTATION)
    (span,) = [each for each in output.twin.root.find("span") if each.attributes.get("lang") == "de"]
    assert key(span.text) == key(ANNOTATION)


def test_it_is_divided_where_its_language_divides_words(output: Output) -> None:
    divided = re.findall(r"(\w+)\ufffe\s*(\w+)", "\n".join(output.tagged.text))
    assert len(divided) > 2
    allowed = {word.replace("-", ""): word for word in DIVIDED.split()}
    for before, after in divided:
        parts = allowed[before + after].split("-")
        assert before in {"".join(parts[:count]) for count in range(len(parts))}, f"{before}-{after}"


@pytest.mark.parametrize(
    ("name", "part", "said"),
    [("docx", "word/document.xml", 'w:lang w:val="de"'), ("odt", "content.xml", 'language="de"')],
)
def test_office_documents_say_it(output: Output, name: str, part: str, said: str) -> None:
    content = render(output.composed, (name,)).value[name]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert said in package.read(part).decode()
