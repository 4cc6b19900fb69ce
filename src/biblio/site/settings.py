"""The table ``[site]`` of the file of settings: declared here, each key with what it means, and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.project.settings import SettingsFile
from biblio.text.nearest import nearest
from biblio.words.faults import BiblioError, diagnose
from biblio.words.tables import LANGUAGES
from biblio.yaml_model.keys import Shape, declare, keys_of
from biblio.yaml_model.ranges import is_date
from biblio.yaml_model.shapes import Key
from biblio.yaml_model.slug import is_slug

TABLE = "site"
# From where the abstract of a notice comes; those of the house leave by themselves.
PROVENANCES = ("documentalist", "adapted", "extract", "author", "publisher", "unsaid")
OWN_PROVENANCES = ("documentalist", "adapted", "unsaid")
WHOLE, PARTIAL = 100, 50  # per cent of the criteria that make conformity total, and partial
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"'?#@\\]{1,300}")
_FILE = re.compile(r"(?!.*\.\.)(?:images|site)/[^\s\\:*?\"<>|]{1,200}\.(?:png|jpe?g)", re.IGNORECASE)


@dataclass(frozen=True)
class AuditSettings:
    """A human audit of the site (RGAA 4.1), which alone makes its conformity."""

    date: str = declare(
        Shape.DATE,
        fr="Le jour de l'audit (AAAA-MM-JJ).",
        en="The day of the audit (YYYY-MM-DD).",
        example='"2026-03-12"',
    )
    by: str = declare(Shape.TEXT, fr="Qui l'a mené.", en="Who made it.", example='"Cabinet Exemple"')
    rate: int = declare(
        Shape.INTEGER,
        fr="La part des critères applicables du RGAA qui sont respectés, en pour cent : 100, la conformité est totale ;"
        " 50 et plus, partielle.",
        en="The share of the applicable criteria of the RGAA that are met, in per cent: with 100 conformity is total,"
        " from 50 on partial.",
        example="82",
    )
    sample: tuple[str, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les pages qui ont été vérifiées.",
        en="The pages that were looked at.",
        example='["Accueil", "Veille"]',
    )
    failing: tuple[str, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Ce qui n'est pas conforme, une phrase chacun.",
        en="What does not conform, a sentence each.",
        example='["Deux images anciennes n\'ont pas de texte."]',
    )
    exempt: tuple[str, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les contenus non soumis à l'obligation, ou dérogatoires pour charge disproportionnée.",
        en="Content that the law exempts, or whose burden would be disproportionate.",
        example='["Les PDF de tiers publiés avant 2019."]',
    )


@dataclass(frozen=True)
class SiteSettings:
    """What a project says of its site."""

    title: str = declare(
        Shape.TEXT,
        default="",
        fr="Le nom du site ; sans cette clé, l'organisme qui publie les dossiers.",
        en="The name of the site; without this key the body that publishes the dossiers.",
        example='"Centre de documentation du CRES"',
    )
    description: str = declare(
        Shape.TEXT,
        default="",
        fr="Le site en une ou deux phrases, sous son nom et pour les moteurs de recherche.",
        en="The site in a sentence or two, under its name and for search engines.",
        example='"Dossiers, veille et lectures sur les territoires et la santé."',
    )
    address: str = declare(
        Shape.TEXT,
        default="",
        fr="L'adresse à laquelle le site est publié ; sans elle, ni plan pour les moteurs ni adresses entières dans les"
        " fils.",
        en="The address at which the site is published; without it there is neither a map for search engines nor whole"
        " addresses in the feeds.",
        example='"https://doc.example.org/"',
    )
    publisher: str = declare(
        Shape.TEXT,
        default="",
        fr="L'organisme qui publie le site ; sans cette clé, celui des dossiers.",
        en="The body that publishes the site; without this key that of the dossiers.",
        example='"CRES Provence-Alpes-Côte d\'Azur"',
    )
    languages: tuple[str, ...] = declare(
        Shape.CHOICES,
        default=("fr",),
        choices=LANGUAGES,
        fr="Les langues des pages ; la première est celle de la racine du site, chaque autre a son dossier (`en/`).",
        en="The languages of the pages; the first is that of the root of the site, each other has its folder (`en/`).",
        example='["fr", "en"]',
    )
    style: str = declare(
        Shape.SLUG,
        default=DEFAULT_STYLE,
        fr="Le style qui habille les pages et dit comment les notices s'écrivent.",
        en="The style that dresses the pages and says how notices are written.",
        example='"sobre"',
    )
    logo: str = declare(
        Shape.TEXT,
        default="",
        fr="Un logo, PNG ou JPEG, de `images/` ou de `site/`.",
        en="A logo, PNG or JPEG, of `images/` or `site/`.",
        example='"images/logo.png"',
    )
    menu: tuple[str, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Le menu : des rubriques (`watch`, `dossiers`, `events`, `themes`, `search`) et des pages de `site/` par"
        " leur nom ; sans cette clé, celles qui ne sont pas vides.",
        en="The menu: sections (`watch`, `dossiers`, `events`, `themes`, `search`) and pages of `site/` by their names;"
        " without this key those that are not empty.",
        example='["watch", "dossiers", "themes", "search", "a-propos"]',
    )
    contact: str = declare(
        Shape.TEXT,
        default="",
        fr="Une adresse de courriel ou de page pour écrire au centre.",
        en="An address of mail, or of a page, to write to the centre.",
        example='"doc@example.org"',
    )
    licence: str = declare(
        Shape.TEXT,
        default="",
        fr="La licence des notices et des textes du centre ; une adresse web y devient un lien.",
        en="The licence of the notices and of the centre's texts; a web address in it becomes a link.",
        example='"Licence ouverte 2.0, https://www.etalab.gouv.fr/licence-ouverte-open-licence/"',
    )
    feedback: str = declare(
        Shape.TEXT,
        default="",
        fr="Une adresse de courriel : chaque notice a un lien pour y signaler une erreur, sa clé et son titre déjà"
        " écrits.",
        en="An address of mail: each notice has a link to report a mistake there, its key and title filled in.",
        example='"doc@example.org"',
    )
    notices: str = declare(
        Shape.CHOICE,
        default="all",
        choices=("all", "shown"),
        fr="Les notices du site : toutes celles de la collection, ou celles que la veille ou un dossier publié montre.",
        en="The notices of the site: all those of the collection, or those that the watch or a dossier shows.",
        example='"shown"',
    )
    abstracts: tuple[str, ...] = declare(
        Shape.CHOICES,
        default=OWN_PROVENANCES,
        choices=PROVENANCES,
        fr="Les résumés que le site, ses fils et ses exports diffusent, par leur provenance. Celui d'un éditeur ou d'un"
        " auteur n'est pas au centre : il reste dans les fichiers, sauf droits dits ouverts par la notice.",
        en="The abstracts that the site, its feeds and its exports spread, by their provenance. That of a publisher or"
        " an author is not the centre's: it stays in the files, unless the notice says that its rights are open.",
        example='["documentalist", "adapted", "author"]',
    )
    archived_copies: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="À côté de chaque lien mort d'une notice, sa copie dans une archive du web, si `biblio links` en a trouvé"
        " une ; les dossiers en décident par leur propre clé.",
        en="Beside each dead link of a notice its copy in an archive of the web, where `biblio links` has found one;"
        " dossiers decide by a key of their own.",
        example="true",
    )
    people: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Une page pour chaque personne.",
        en="A page for each person.",
        example="true",
    )
    indexed: bool = declare(
        Shape.BOOLEAN,
        default=False,
        fr="Laisser les moteurs de recherche retenir les pages des personnes.",
        en="Let search engines keep the pages of people.",
        example="true",
    )
    withdrawn: tuple[str, ...] = declare(
        Shape.TEXTS,
        default=(),
        fr="Les personnes qui n'ont pas de page parce qu'elles l'ont demandé.",
        en="The people who have no page because they asked for none.",
        example='["Camille Martin"]',
    )
    audit: AuditSettings | None = declare(
        Shape.OBJECT,
        of="AuditSettings",
        default=None,
        fr="L'audit d'accessibilité mené par une personne, dans la table `[site.audit]` ; sans lui, la déclaration dit"
        " « non conforme ».",
        en="The audit of accessibility that a person made, in the table `[site.audit]`; without it the statement says"
        " “non conforme”.",
        example='{date = "2026-03-12", by = "Cabinet Exemple", rate = 82}',
    )

    @property
    def state(self) -> str:
        """What the audit makes of the site: ``none`` conforming without one, whatever programs have found."""
        rate = self.audit.rate if self.audit else 0
        return "whole" if rate >= WHOLE else "partial" if rate >= PARTIAL else "none"

    @property
    def base(self) -> str:
        """The address with a slash behind it; empty where there is none."""
        return f"{self.address.rstrip('/')}/" if self.address else ""


SITE_MODELS: Mapping[str, type[Any]] = {model.__name__: model for model in (SiteSettings, AuditSettings)}


def site_settings(file: SettingsFile) -> SiteSettings:
    """The settings of the site in a file.

    Raises ``BiblioError`` at the first that is not understood: C120 or C121, with the one most likely meant, for a
    name, C122 for a value.
    """
    made: SiteSettings = _read(SiteSettings, file.values.get(TABLE, {}), file, TABLE)
    return made


def _read(model: type[Any], table: object, file: SettingsFile, name: str) -> Any:
    known = keys_of(model)
    if not isinstance(table, dict):
        raise BiblioError(diagnose("C122", file.line_of(name), key=name, example="{}"))
    for key in table:
        if key not in known:
            raise _unknown(str(key), known, file)
    values: dict[str, Any] = {}
    for attribute in fields(model):
        key = known[attribute.name]
        if attribute.name in table:
            values[attribute.name] = _value(attribute.name, key, table[attribute.name], file)
        elif attribute.default is MISSING:
            raise BiblioError(diagnose("C122", file.line_of(name), key=attribute.name, example=key.example))
    return model(**values)


def _unknown(key: str, known: Mapping[str, Key], file: SettingsFile) -> BiblioError:
    suggestion = nearest(key, list(known))
    if suggestion:
        return BiblioError(diagnose("C121", file.line_of(key), key=key, suggestion=suggestion))
    return BiblioError(diagnose("C120", file.line_of(key), key=key, known=", ".join(known)))


def _value(name: str, key: Key, value: object, file: SettingsFile) -> Any:
    if key.of:
        return _read(SITE_MODELS[key.of], value, file, name)
    made = _READERS[key.shape.value.control](value, key)
    if made is None or not _FORMS.get(name, _any)(made):
        raise BiblioError(diagnose("C122", file.line_of(name), key=name, example=key.example))
    return made


def _text(value: object, _: Key) -> str | None:
    if isinstance(value, date):  # TOML has dates of its own
        value = value.isoformat()
    return value.strip() if isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST else None


def _texts(value: object, key: Key) -> tuple[str, ...] | None:
    values = [_text(each, key) for each in value] if isinstance(value, list) else [None]
    kept = tuple(each for each in values if each)
    return kept if len(kept) == len(values) else None


def _choices(value: object, key: Key) -> tuple[str, ...] | None:
    words = _texts(value, key)
    return tuple(dict.fromkeys(words)) if words and set(words) <= set(key.choices) else None


def _any(_: object) -> bool:
    return True


_LONGEST = 2_000
# By what a form has for a value of that shape.
_READERS: Mapping[str, Callable[[object, Key], Any]] = {
    "text": _text,
    "lines": lambda value, key: _choices(value, key) if key.choices else _texts(value, key),
    "choice": lambda value, key: value if isinstance(value, str) and value in key.choices else None,
    "boolean": lambda value, _: value if isinstance(value, bool) else None,
    "number": lambda value, _: value if isinstance(value, int) and not isinstance(value, bool) else None,
}


def is_mail(value: str) -> bool:
    """Whether a text is an address of mail."""
    return _MAIL.fullmatch(value) is not None


def is_address(value: str) -> bool:
    """Whether a text is the address of a site or of a page."""
    return _ADDRESS.fullmatch(value) is not None


_FORMS: Mapping[str, Callable[[Any], bool]] = {
    "address": is_address,
    "date": is_date,
    "style": is_slug,
    "contact": lambda value: is_mail(value) or is_address(value),
    "feedback": is_mail,
    "logo": lambda value: _FILE.fullmatch(value) is not None,
    "rate": lambda value: 0 <= value <= 100,
}
