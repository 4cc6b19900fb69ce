"""What a documentation centre says of a document beside describing it: where it is held, for whom, on what terms.

The description is that of the citation grammar; these lines are printed where a style or a spec asks for their fields,
by the names that they have in files. Their words are terms, which a house may say otherwise (``words.yaml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from biblio.citation.availability import accessed_on, isbn_of
from biblio.citation.left_out import variables_left_out
from biblio.compose.composer import Composer
from biblio.document.tree import Line, Role
from biblio.reference.reference import Reference
from biblio.style.fields import PRINTABLE
from biblio.text.inline import Rich, Text, join, merge, text
from biblio.words.tables import term

Said = Callable[[Reference, Composer], Iterator[Rich]]


def particulars(reference: Reference, composer: Composer, passed_over: Sequence[str] = ()) -> tuple[Line, ...]:
    """The lines of the fields that are asked for, in the order in which they are; those of its file come last.

    ``passed_over`` are fields that stand in the notice already. An ISBN or a day of visit is said once: not where the
    citation grammar has it.
    """
    return tuple(
        Line(_ROWS[name][0], content)
        for name in composer.fields
        if name not in passed_over and not _is_cited(name, composer)
        for content in _ROWS[name][1](reference, composer)
        if content
    )


def _is_cited(name: str, composer: Composer) -> bool:
    left_out = variables_left_out(composer.preset.name)
    return bool(left_out) and name in _CITED and PRINTABLE[name] not in left_out


def _said(name: str, composer: Composer, **arguments: str) -> Rich:
    return text(term(f"particulars.{name}", composer.options.lang).format(**arguments))


def _library(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.call_number:
        yield _said("library", composer, call_number=reference.call_number)


def _holdings(reference: Reference, composer: Composer) -> Iterator[Rich]:
    for holding in reference.holdings:
        terms = f" ({holding.terms})" if holding.terms else ""
        where = ", ".join(part for part in (holding.place, holding.call_number) if part)
        yield _said("holdings", composer, place=(where + terms).strip())


def _loan_terms(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.loan_terms:
        yield _said("loanterms", composer, terms=reference.loan_terms)


def _open_access(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.is_open is not None:
        yield _said("open" if reference.is_open else "restricted", composer)
    elif reference.open_access:
        yield _said("openaccess", composer, access=reference.open_access)


def _license(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.license:
        yield _said("license", composer, license=reference.license)


def _listed(name: str, words_of: Callable[[Reference], Sequence[str]]) -> Said:
    def said(reference: Reference, composer: Composer) -> Iterator[Rich]:
        if words := words_of(reference):
            yield _said(name, composer, words=", ".join(composer.label_of(word) for word in words))

    return said


def _duration(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.duration:
        yield _said("duration", composer, duration=reference.duration)


def _contents(reference: Reference, composer: Composer) -> Iterator[Rich]:
    """What a kit holds: its paragraphs in one line, as the list that they are."""
    if reference.contents:
        before = term("particulars.contents", composer.options.lang)
        between = term("particulars.between", composer.options.lang)
        yield merge((Text(f"{before} "), *join(reference.contents, between)))


def _accessed(reference: Reference, composer: Composer) -> Iterator[Rich]:
    if reference.accessed:
        name, words = accessed_on(reference.accessed, composer.options)
        yield _said(name, composer, date=words)


def _isbn(reference: Reference, composer: Composer) -> Iterator[Rich]:
    yield text(isbn_of(reference, composer.options))


# A row for each field: what kind of line it is, and what it says.
_ROWS: Mapping[str, tuple[Role, Said]] = {
    "library": (Role.HOLDING, _library),
    "holdings": (Role.HOLDING, _holdings),
    "loanterms": (Role.HOLDING, _loan_terms),
    "openaccess": (Role.HOLDING, _open_access),
    "license": (Role.DETAILS, _license),
    "audience": (Role.TOPICS, _listed("audience", lambda reference: reference.audience)),
    "keywords": (Role.TOPICS, _listed("keywords", lambda reference: reference.keyword)),
    "territory": (Role.TOPICS, _listed("territory", lambda reference: reference.territory)),
    "duration": (Role.DETAILS, _duration),
    "contents": (Role.DETAILS, _contents),
    "urldate": (Role.DETAILS, _accessed),
    "isbn": (Role.DETAILS, _isbn),
}

# The fields that some grammars cite.
_CITED = frozenset({"urldate", "isbn"})
