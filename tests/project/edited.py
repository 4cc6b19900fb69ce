"""Files of references of all sorts, and edits of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

PIECES = (
    "@article{clé-1, author = {Harpet, Cyrille}, title = {Contrats locaux}, date = {2011}, keywords = {cls, Santé}}\n",
    "@article{clé-1, author = {Harpet, Cyrille}, title = {Contrats locaux, encore}, date = {2012}}\n",
    "@book{clé-10,\n  title = {L'eau \\& la sant\\'e},\n  couleur = {bleu},\n  date = {hier},\n}\n",
    "@livre{CLÉ-1, title = {La même clé}, langid = {english}}\n",
    "@book{hote, title = {Hôte}, publisher = {CRES}, keywords = {santé}, date = {2014}, couleur = {x}}\n",
    "@book{hote, title = {Autre hôte}, publisher = {ARS}}\n",
    "@inbook{partie, title = {Partie}, crossref = {hote}}\n",
    "@inbook{fille, title = {Fille}, crossref = {partie}, related = {alias}}\n",
    "@misc{x, title = {X}, crossref = {absente}, xref = {x}}\n",
    "@xdata{donnees, publisher = {CRES}, keywords = {donnees}, date = {2013}}\n",
    "@book{par-donnees, title = {Par données}, xdata = {donnees}}\n",
    "@book{granulaire, title = {T}, publisher = {xdata=donnees-publisher}}\n",
    "@book{nommee, title = {Nommée}, ids = {alias, autre nom}}\n",
    "@book{autre, title = {Autre}, ids = {alias}, journal = sp}\n",
    "@string{sp = {Santé publique}}\n",
    "@string{sp = {Sante\u0301 publique}}\n",
    "@string{long = sp # { et territoires}}\n",
    "@article{macro, journal = sp, title = {Macro}, date = {2010}}\n",
    "@article{longue, journal = long, title = {Longue}}\n",
    "@book{, title = {Sans clé}, couleur = {x}}\n",
    "@book{sans-cle-1, title = {Clé comme inventée}}\n",
    "  @book{retrait, title = {En retrait}, date = {2010-13}}\n",
    "@book{abîmée,\n  title = {Un {titre},\n  year = 2019,\n}\n",
    "@book{ouverte, title = {Sans fin\n",
    "@comment{@book{cachée, title = {Cachée}}}\n",
    "% @book{aussi, title = {Aussi}}\n",
    "Des mots entre deux notices.\n",
    "@book{controle, title = {a\u202eb}}\n",
    "@book{e\u0301clair, title = {E\u0301clair}, note = {}}\n",
    "@article{grec, title = {Ψυχή ψυχική}, keywords = {Ψυχή}, author = {Παπαδόπουλος, Γιώργος}, date = {1999/2001}}\n",
    "@set{ensemble, entryset = {clé-1, hote, absente}}\n",
    "<<<<<<< HEAD\n",
    "}\n",
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16")
NAMES = ("a.bib", "b.bib", "z.bib")


def files(draw: st.DrawFn, known: Sequence[str] = PIECES) -> Mapping[str, bytes]:
    """Some files of these pieces."""
    found = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        pieces: list[str] = draw(st.lists(st.sampled_from(known), max_size=14))
        text = "".join(pieces)
        ends = draw(st.sampled_from(("\n", "\n", "\r\n")))
        found[name] = text.replace("\n", ends).encode(draw(st.sampled_from(ENCODINGS)))
    return found


@st.composite
def edits(draw: st.DrawFn, known: Sequence[str] = PIECES) -> list[Mapping[str, bytes]]:
    """States of a project, most of which differ from the one before in a few entries."""
    states = [files(draw, known)]
    for _ in range(draw(st.integers(1, 3))):
        last = states[-1]
        name = draw(st.sampled_from(sorted(last)))
        text = last[name].decode("utf-16" if last[name][:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        lines = text.splitlines(keepends=True)
        way = draw(st.integers(0, 2))
        if way == 0:
            states.append(files(draw, known))
        elif lines and way == 1:
            at = draw(st.integers(0, len(lines) - 1))
            change = draw(st.sampled_from(("", "% rien\n", "  note = {n},\n", *known)))
            states.append({**last, name: "".join((*lines[:at], change, *lines[at + 1 :])).encode()})
        else:
            at = draw(st.integers(0, len(text)))
            states.append(
                {**last, name: (text[:at] + draw(st.sampled_from(("}", "x", "{", *known))) + text[at:]).encode()}
            )
    return states
