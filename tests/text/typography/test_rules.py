"""Each rule does what its table says, alone and among the others, in one text and across the nodes of a tree."""

from pathlib import Path

import pytest
from notation import shown

from biblio.text.inline import (
    Emph,
    Inline,
    Lang,
    Link,
    Quoted,
    Rich,
    Strong,
    Sub,
    Sup,
    Text,
    Verbatim,
    plain,
    text,
)
from biblio.text.typography import RULES, Typography, typeset
from biblio.text.typography.rule import Rule

FOLDER = Path(__file__).parent
OPTIONS = Typography()


def fr(*nodes: Inline, options: Typography = OPTIONS) -> Rich:
    return typeset(nodes, "fr", options)


def cases(name: str) -> list[tuple[str, str]]:
    lines = [line for line in (FOLDER / name).read_text("utf-8").splitlines() if line and line[0] in "<>="]
    if name == "protected.txt":
        return [(line[2:], line[2:]) for line in lines]
    assert [line[0] for line in lines] == ["<", ">"] * (len(lines) // 2)
    return [(before[2:], after[2:]) for before, after in zip(lines[::2], lines[1::2], strict=True)]


@pytest.mark.parametrize(("before", "after"), cases("french.txt"))
def test_french(before: str, after: str) -> None:
    assert shown(typeset(text(before), "fr-FR", OPTIONS)) == after


@pytest.mark.parametrize(
    ("lang", "after"),
    [
        ("fr-FR", "Ville␣: «␣où␣» vivre⎵? Ici⎵; là⎵!"),
        ("fr-BE", "Ville␣: «␣où␣» vivre⎵? Ici⎵; là⎵!"),
        ("fr-CA", "Ville␣: «␣où␣» vivre? Ici; là!"),
        ("fr-ch", "Ville⎵: «⎵où⎵» vivre⎵? Ici⎵; là⎵!"),
        ("fr-LU", "Ville␣: «␣où␣» vivre⎵? Ici⎵; là⎵!"),
    ],
)
def test_the_spaces_of_french_are_those_of_its_country(lang: str, after: str) -> None:
    typed = text('Ville : "où" vivre ? Ici ; là !')
    assert shown(typeset(typed, lang, OPTIONS)) == after
    # A title in French is set as the dossier around it.
    assert shown(typeset((Lang("fr", typed),), lang, OPTIONS)) == f"<fr>{after}</fr>"
    assert typeset(typeset(typed, lang, OPTIONS), lang, OPTIONS) == typeset(typed, lang, OPTIONS)


def test_a_style_may_have_other_spaces_than_its_country() -> None:
    options = Typography(guillemet_space="none", colon_space="nnbsp", punctuation_space="nbsp")
    assert shown(typeset(text('Un : "deux" !'), "fr-CA", options)) == "Un⎵: «deux»␣!"


@pytest.mark.parametrize(
    ("before", "after"),
    [('El "qué": vol. 2, n.º 5, p. 3', "El «qué»: vol.␣2, n.º␣5, p.␣3"), ("un 6 %, 15 €", "un 6␣%, 15␣€")],
)
def test_spanish(before: str, after: str) -> None:
    assert shown(typeset(text(before), "es-MX", OPTIONS)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('Das "Was": Bd. 2, Nr. 5, S. 3', "Das „Was“: Bd.␣2, Nr.␣5, S.␣3"),
        ("z. B. ein 6 % nach § 20 am 4. Juni 2024", "z.␣B. ein 6␣% nach §␣20 am 4.␣Juni 2024"),
        ("2024. 132 S. und d. h. um 44 v. Chr.", "2024. 132␣S. und d.␣h. um 44 v.␣Chr."),
        ("im Jahr 2024. Juni kam", "im Jahr 2024. Juni kam"),
    ],
)
def test_german(before: str, after: str) -> None:
    assert shown(typeset(text(before), "de-AT", OPTIONS)) == after


@pytest.mark.parametrize(("before", "after"), cases("english.txt"))
def test_english(before: str, after: str) -> None:
    assert shown(typeset(text(before), "en-GB", OPTIONS)) == after


@pytest.mark.parametrize(("before", "after"), cases("protected.txt"))
def test_protected(before: str, after: str) -> None:
    assert shown(typeset(text(before), "fr", OPTIONS)) == after


@pytest.mark.parametrize("lang", ["sv", "fi-FI", "", "und", "fro"])
def test_other_languages_stay(lang: str) -> None:
    rich = (Text('"Ja" ; l\'eau : 1er'), Text("..."), Quoted((Text("n° 5"),)))
    assert typeset(rich, lang, OPTIONS) is rich


RULE_CASES = [pytest.param(lang, rule, id=f"{lang}-{rule.name}") for lang, rules in RULES.items() for rule in rules]


@pytest.mark.parametrize(("lang", "rule"), RULE_CASES)
def test_every_rule_is_documented(lang: str, rule: Rule) -> None:
    before, after = rule.example
    assert plain(typeset(text(before), lang, OPTIONS)) == after
    assert rule.does
    assert rule.source
    assert tuple(rule.edits(before, OPTIONS)), "the example has nothing for this rule"
    assert not rule.needs.isdisjoint(before), "the rule would be skipped"


def test_names_of_rules_are_unique() -> None:
    for rules in RULES.values():
        names = [rule.name for rule in rules]
        assert len(names) == len(set(names))


class TestKnobs:
    def test_guillemet_space(self) -> None:
        options = Typography(guillemet_space="nnbsp")
        assert shown(fr(Text("« un » et "), Quoted((Text("deux"),)), options=options)) == "«⎵un⎵» et «⎵deux⎵»"

    def test_range_dash(self) -> None:
        options = Typography(range_dash="en-dash")
        given = Text("pp. 135-147, pp. 277- 295, p. 8–17, pp. S1-S3, pp. 1-2, 5-6, 2019-03 ; 2018-2022")
        expected = "pp.␣135–⁀147, pp.␣277–⁀295, p.␣8–⁀17, pp.␣S1–⁀S3, pp.␣1–⁀2, 5–⁀6, 2019-03⎵; 2018-2022"
        assert shown(fr(given, options=options)) == expected

    def test_ordinal_superscript(self) -> None:
        options = Typography(ordinal_superscript=False)
        assert fr(Text("1er janvier, XXIe"), options=options) == text("1er\u00a0janvier, XXIe")


class TestAcrossNodes:
    def test_punctuation_after_a_node(self) -> None:
        assert fr(Strong((Text("Titre"),)), Text(" : suite")) == (Strong((Text("Titre"),)), Text("\u00a0: suite"))
        assert fr(Strong((Text("Titre"),)), Text("; suite")) == (Strong((Text("Titre"),)), Text("\u202f; suite"))

    def test_space_typed_at_the_end_of_a_node(self) -> None:
        assert fr(Strong((Text("Titre "),)), Text(": suite")) == (Strong((Text("Titre\u00a0"),)), Text(": suite"))

    def test_spaces_typed_on_both_sides_become_one(self) -> None:
        assert fr(Strong((Text("Titre "),)), Text(" : suite")) == (Strong((Text("Titre\u00a0"),)), Text(": suite"))

    def test_guillemets_keep_their_spaces_outside_the_node(self) -> None:
        expected = (Text("«\u00a0"), Emph((Text("mot"),)), Text("\u00a0»"))
        assert fr(Text("«"), Emph((Text("mot"),)), Text("»")) == expected
        assert fr(Quoted((Emph((Text("mot"),)),))) == expected
        assert fr(Text('"'), Emph((Text("mot"),)), Text('"')) == expected

    def test_straight_marks_in_two_nodes(self) -> None:
        rich = fr(Strong((Text('Le "Aller'),)), Text(' vers", une pratique'))
        assert rich == (Strong((Text("Le «\u00a0Aller"),)), Text(" vers\u00a0», une pratique"))

    def test_quotations_by_depth(self) -> None:
        assert shown(fr(Quoted((Text("a "), Quoted((Text("b"),)), Text(' "c"'))))) == "«␣a “b” “c”␣»"
        assert shown(fr(Text("« a "), Quoted((Text("b"),)), Text(" »"))) == "«␣a “b”␣»"
        assert shown(fr(Text('"a '), Quoted((Text("b"),)), Text('"'))) == "«␣a “b”␣»"
        assert shown(typeset((Quoted((Quoted((Text("b"),)),)),), "en", OPTIONS)) == "“‘b’”"

    def test_missing_partner_leaves_straight_marks_but_sets_nodes(self) -> None:
        assert shown(fr(Text('a " b '), Quoted((Text("c"),)))) == 'a " b «␣c␣»'

    def test_number_in_another_node(self) -> None:
        assert fr(Text("n°"), Strong((Text("118"),))) == (Text("n°\u00a0"), Strong((Text("118"),)))
        assert fr(Text("5 m"), Sup((Text("2"),))) == (Text("5\u00a0m"), Sup((Text("2"),)))
        assert fr(Text("1"), Sup((Text("er"),)), Text(" mai")) == (Text("1"), Sup((Text("er"),)), Text("\u00a0mai"))

    def test_ordinal_endings_are_raised_once(self) -> None:
        raised = (Text("2"), Sup((Text("e"),)))
        assert fr(Text("2e")) == fr(*raised) == raised
        assert fr(Strong((Text("2"),)), Text("e")) == (Strong((Text("2"),)), Sup((Text("e"),)))

    def test_no_superscript_inside_a_link_or_a_subscript(self) -> None:
        link = Link("https://exemple.fr", (Text("la 2e"),))
        assert fr(link, Sub((Text("2e"),))) == (link, Sub((Text("2e"),)))

    def test_neighbouring_leaves_are_one_text(self) -> None:
        assert fr(Text("fin"), Text("? https://exemple.fr/a"), Text("?l'eau")) == text(
            "fin\u202f? https://exemple.fr/a?l'eau"
        )


class TestUntouched:
    def test_verbatim(self) -> None:
        rich = (Verbatim('l\'eau ; "x" : 1er...'),)
        assert fr(*rich) == rich

    def test_verbatim_is_still_a_neighbour(self) -> None:
        assert fr(Verbatim("x"), Text("; y ")) == (Verbatim("x"), Text("\u202f; y "))
        assert fr(Verbatim("x "), Text("; y")) == (Verbatim("x "), Text("; y"))

    def test_link(self) -> None:
        href = "https://exemple.fr/?a=l'eau;b"
        assert fr(Link(href, (Text("l'eau ?"),))) == (Link(href, (Text("l’eau\u202f?"),)),)

    @pytest.mark.parametrize(
        "address",
        [
            "https://exemple.fr/...",
            "www.exemple.fr/l'eau?",
            "doi:10.1000/a;b!",
            "10.1000/l'eau",
            "eau.2e@exemple.fr",
            "exemple.fr/l'eau...",
        ],
    )
    def test_link_that_shows_an_address(self, address: str) -> None:
        rich = (Link("https://exemple.fr", (Emph((Text(address),)),)),)
        assert fr(*rich) == rich

    def test_number_too_long_for_a_page(self) -> None:
        value = f"p.\u00a0{'9' * 5000}-1"
        assert fr(Text(value)) == text(value)

    def test_nothing_to_do(self) -> None:
        rich = (Text("Santé "), Strong((Text("publique"),)), Text(""), Text(" et 12 villes"))
        assert typeset(rich, "fr", OPTIONS) is rich
        assert fr() == ()


class TestLanguages:
    def test_english_in_french(self) -> None:
        rich = fr(Text("voir "), Lang("en-GB", (Text('Who\'s "who": why?'),)), Text(" : l'essai"))
        assert rich == (Text("voir "), Lang("en-GB", (Text("Who’s “who”: why?"),)), Text("\u00a0: l’essai"))

    def test_french_in_english(self) -> None:
        rich = typeset(
            (Text("see: "), Lang("fr", (Text("l'eau ?"), Quoted((Text("a"),)))), Text(' "b"?')), "en", OPTIONS
        )
        assert shown(rich) == "see: <fr>l’eau⎵?«␣a␣»</fr> “b”?"

    def test_other_language_inside(self) -> None:
        swedish = Lang("sv", (Text('"l\'eau" ;'), Quoted((Text("x"),))))
        assert fr(Text('"'), swedish, Text('"')) == (Text("«\u00a0"), swedish, Text("\u00a0»"))

    def test_a_language_of_which_only_the_marks_are_known(self) -> None:
        german = Lang("de", (Text('"l\'eau" ; 1er : '), Quoted((Text("x"),))))
        assert plain(fr(german)) == "„l’eau“ ; 1er : „x“"

    def test_marks_of_another_language_do_not_pair(self) -> None:
        rich = (Text('a "b '), Lang("de", (Text('c"'),)))
        assert fr(*rich) == rich


@pytest.mark.parametrize(
    ("lang", "set_so"),
    [
        ("de", "„a“"),
        ("de-AT", "„a“"),
        ("es", "«a»"),
        ("ru", "«a»"),
        ("pl", "„a”"),
        ("nl", "“a”"),
        ("sv", '"a"'),
        ("zh", '"a"'),
    ],
)
def test_a_quotation_in_a_foreign_title_has_the_marks_of_its_language(lang: str, set_so: str) -> None:
    title = (Lang(lang, (Quoted((Text("a"),)),)),)
    assert plain(typeset(title, "fr", Typography())) == set_so
