"""The settings of the site: what is understood, and what is said of what is not."""

from __future__ import annotations

import pytest

from biblio.project.settings import SettingsFile, parse_settings
from biblio.site.settings import SITE_MODELS, SiteSettings, site_settings
from biblio.words.faults import BiblioError
from biblio.yaml_model.keys import keys_of


def read(text: str) -> SiteSettings:
    file = parse_settings(text, "biblio.toml")
    assert isinstance(file, SettingsFile)
    return site_settings(file)


def test_without_settings_there_are_defaults() -> None:
    assert read("") == SiteSettings()
    assert SiteSettings().state == "none"
    assert not SiteSettings().people


def test_every_example_is_understood() -> None:
    for name, model in SITE_MODELS.items():
        head = "[site.audit]" if name == "AuditSettings" else "[site]"
        read("\n".join([head, *(f"{key} = {row.example}" for key, row in keys_of(model).items())]))


@pytest.mark.parametrize(
    ("text", "code", "argument"),
    [
        ("adress = 'https://a.example/'", "C121", "address"),
        ("zzz = 1", "C120", "title"),
        ("address = 'ftp://a.example/'", "C122", "address"),
        ("address = 'https://a.example/?q=1'", "C122", "address"),
        ("feedback = 'javascript:x'", "C122", "feedback"),
        ("logo = '../../etc/passwd.png'", "C122", "logo"),
        ("logo = 'images/../../a.png'", "C122", "logo"),
        ("languages = ['de']", "C122", "languages"),
        ("languages = []", "C122", "languages"),
        ("people = 'yes'", "C122", "people"),
        ("abstracts = ['all']", "C122", "abstracts"),
        ("style = '../cres'", "C122", "style"),
        ("title = 4", "C122", "title"),
        ('title = "a\\u202eb"', "C122", "title"),
        ("audit = {date = '2026-01-01', by = 'X'}", "C122", "rate"),
        ("audit = {date = '2026-13-01', by = 'X', rate = 80}", "C122", "date"),
        ("audit = {date = '2026-01-01', by = 'X', rate = 180}", "C122", "rate"),
        ("audit = true", "C122", "audit"),
    ],
)
def test_what_is_not_understood_is_told(text: str, code: str, argument: str) -> None:
    with pytest.raises(BiblioError) as caught:
        read(f"[site]\n{text}\n")
    assert caught.value.diagnostic.code == code
    assert argument in "".join(caught.value.diagnostic.arguments.values())


def test_a_date_of_toml_is_a_date() -> None:
    audit = read("[site.audit]\ndate = 2026-03-12\nby = 'X'\nrate = 82\n").audit
    assert audit is not None
    assert audit.date == "2026-03-12"


@pytest.mark.parametrize(("rate", "state"), [(100, "whole"), (99, "partial"), (50, "partial"), (49, "none")])
def test_the_audit_alone_makes_conformity(rate: int, state: str) -> None:
    assert read(f"[site.audit]\ndate = '2026-03-12'\nby = 'X'\nrate = {rate}\n").state == state
