"""On arbitrary entries, a safe fix leaves the printed notice as it was, in every preset, but for what its rule says."""

from __future__ import annotations

from collections.abc import Sequence

from check.safe import LETTERS, SAFE, SAID, letters
from hypothesis import given, settings
from hypothesis import strategies as st

from biblio.check.check import fix
from biblio.check.settings import Settings
from biblio.citation import PRESETS, label_of
from biblio.citation.options import Options
from biblio.formats.bibtex.reader import read_bibtex
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.text.inline import plain


def one_of(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


# What is typed badly in running text, between words that are not.
PROSE = st.lists(
    one_of(
        "La santé des territoires",
        "Etude sur l'accès",
        "une enquête",
        'un mot "cité" ici',
        "l´hôpital",
        "la  ville",
        "les soins , puis",
        "les soins,puis",
        "nº 3",
        "la 2ème",
        "etc...",
        "un coeur",
        "santÃ©",
        "R&amp;D",
        "l'A.R.S.",
        "P.A.C.A.",
        "en PACA",
        "mot\u00adcoupé",
        "(dont",
        "x) et",
        "{\\em Revue}",
        "$x^2$",
        "\\textbf{gras}",
        "«",
        "ici »",
        "e\u0301te\u0301",
        "The care of elders",
        "1914-1918",
        "http://www.a.example/x,y",
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
PEOPLE = st.lists(
    one_of(
        "Harpet, Cyrille",
        "Jean Roux",
        "Roux, J; Vert, A",
        "Jean Roux | Anne Vert",
        "et al.",
        "Durand, Paul et al.",
        "others",
        "{Santé ; territoires}",
        "DUPONT Anne",
        "Mu\\~noz, Ana",
        "family=Poe, given=Ed",
        "Dr Anne Vert",
        "Le Goff, Y.",
    ),
    min_size=1,
    max_size=3,
).map(" and ".join)
FIELDS = {
    "title": PROSE,
    "subtitle": PROSE,
    "author": PEOPLE,
    "editor": PEOPLE,
    "journaltitle": one_of("La Presse", "Revue  d'économie", "Rev. \\apj", "J. of  Care"),
    "booktitle": PROSE,
    "publisher": one_of("Presses  de Rennes", "Farrar, Straus, and Giroux", "HAS and ANAP"),
    "date": one_of("2019", "2019-3-5", "5 mars 2019", "mars 2019", "2019/2020", "2019-03", "03/2019", "été 2019"),
    "urldate": one_of("2020-1-2", "2 janvier 2020"),
    "pages": one_of(
        "pp. 12-15", "12 - 15", "12\u201415", "11,991--12,007", "p.12--p.15", "5,127-130", "665--86", "132 p."
    ),
    "pagetotal": one_of("132 p.", "XII-132 pages", "132"),
    "volume": one_of("vol. 3", "3", "Volume 12"),
    "number": one_of("n° 3", "no 3", "3-4", "numéro 7"),
    "doi": one_of("https://doi.org/10.1000/x%2Fy", "doi:10.1000/xyz", "10.1000/x\\_y", "10.1000%2Fxyz"),
    "url": one_of("https://a.example/x\\_y\\%20z", "https://a.example/{\\{}x{\\}}", "http://a.example/x."),
    "isbn": one_of("ISBN 978-2-07-036822-8", "2070368228 (br.)"),
    "issn": one_of("00280836", "ISSN : 0028 0836"),
    "note": one_of("Publisher: Wiley", "Bibliogr.  p. 3", "None", "cited By 3", "5 tabl. , 2 fig."),
    "annotation": st.builds(
        "{} {}".format, PROSE, one_of("[Résumé éditeur]", "[R.A.]", "(Extrait résumé auteur).", "")
    ),
    "abstract": PROSE,
}
ENTRIES = st.tuples(
    st.sampled_from(["article", "book", "incollection", "thesis", "online", "legislation", "misc", "periodical"]),
    st.fixed_dictionaries(
        {"title": PROSE}, optional={name: values for name, values in FIELDS.items() if name != "title"}
    ),
)


def printed(reference: Reference, preset: str) -> str:
    lines = PRESETS[preset].cite(reference, Options("fr"))
    return "\n".join([label_of(reference, "fr"), *(plain(line.content) for line in lines)])


def read(content: bytes) -> Sequence[Reference]:
    return read_bibtex(content, "essai.bib").value


@given(ENTRIES)
@settings(max_examples=settings().max_examples // 2, deadline=None)
def test_a_safe_fix_keeps_the_notice(entry: tuple[str, dict[str, str]]) -> None:
    kind, fields = entry
    file = SourceFile(
        "essai.bib", "".join([f"@{kind}{{a", *(f",\n  {k} = {{{v}}}" for k, v in fields.items()), "\n}\n"]).encode()
    )
    (before,) = read(file.content)
    for code in fix(file, Settings(select=tuple(SAFE)), unsafe=False).applied:
        (after,) = read(fix(file, Settings(select=(code,)), unsafe=False).content)
        touched = {name for name in {*before.raw, *after.raw} if before.raw.get(name) != after.raw.get(name)}
        if code in SAID:
            # What the rule says is of the one field that it mends, and of the one that it moves a part to.
            assert len(touched) <= 2, (code, touched)
            continue
        for preset in PRESETS:
            was, became = printed(before, preset), printed(after, preset)
            if code in LETTERS:
                was, became = letters(was), letters(became)
            assert became == was, (code, preset, touched)


@given(
    one_of("", "doi:", "https://doi.org/", "http://dx.doi.org/", "DOI: "),
    one_of("10.1000%2Fxyz", "10.1000/a%20b", "10.1000/x{\\_}y%3C1%3E", "10.1002/%28sici%291098", "10.1000/{x}"),
    one_of("doi", "url", "note"),
)
def test_no_fix_writes_an_encoded_doi(prefix: str, typed: str, field: str) -> None:
    """Whatever a fix makes of a DOI that was copied from an address is the DOI as it is registered."""
    label = "DOI: " if field == "note" else ""
    text = f"@article{{a, title = {{T}}, {field} = {{{label}{prefix}{typed}}}}}"
    (before,) = read(text.encode())
    fixed = fix(SourceFile("essai.bib", text.encode()), Settings(), unsafe=True).content
    (after,) = read(fixed)
    if fixed != text.encode():
        assert "%" not in after.raw.get("doi", "")
        assert not set("{}\\") & set(after.raw.get("doi", ""))
    assert not before.doi or after.doi == before.doi
