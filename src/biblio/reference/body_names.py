"""Tells the name of a body from a person's: a lexicon of what bodies are called, in French and in English.

A person's name is made of names, initials and particles. A body's has a word that says what it is (« agence »,
*council*), what it is about (« santé », *health*), or words in lower case that are no particles.
"""

from __future__ import annotations

import re

# What a body is: no family or given name is among these words.
_KINDS = frozenset(
    """
    académie administration agence agences amicale archives assemblée association associations assurance assurances
    banque bibliothèque bibliothèques bureau caisse caisses cabinet centre centres chambre cinémathèque clinique
    autorité coalition collectif collectivité collège comité commissariat commission communauté
    compagnie confédération conférence
    congrégation conseil conseils consortium conservatoire coopérative coordination cour croix-rouge délégation
    département direction directions école écoles éditions établissement faculté fédération fondation fonds forum
    gouvernement groupe groupement haut-commissariat hôpital hôpitaux hospices inspection institut institution instituts
    laboratoire ligue mairie maison médiathèque métropole ministère ministères mission musée mutualité mutuelle
    observatoire observatoires office organisation parlement parti plateforme préfecture présidence programme
    rectorat région réseau réseaux secrétariat sénat société sociétés sous-direction syndicat tribunal unité université
    universités
    academies academy administration agency alliance assembly association associates authority board bureau center
    centers centre centres clinic coalition collaboration collaborative college commission committee community company
    confederation conference consortium cooperative corporation council councils department departments directorate
    division faculty federation foundation fund government groups hospital hospitals inc initiative institute institutes
    institution laboratories laboratory league library libraries llc ltd ministries ministry mission museum nations
    network networks observatory office organisation organization organizations parliament partnership programme
    publications publishers publishing secretariat services society team university universities
    gmbh sarl verein gesellschaft stiftung universität institut
    """.split()
)
# Words of bodies that are a person's name as well (Robert Service, William Press, Ville Koskinen): not alone.
_PERHAPS = frozenset(
    """
    bank church cité company cour division fund group haut haute mission ordre press school service trust union ville
    war party house bureau maison board faculty
    """.split()
)
# What bodies are about, and where they are: two such words, or one beside a word in lower case, are no person.
_SUBJECTS = frozenset(
    """
    action actions addiction addictions aide alcooliques aménagement anonymes cancer catholique diabète secours
    aménagement autonomie biologie collective collectivités consommation culture cultures
    développement documentation drogues droits économie éducation emploi enfance enseignement environnement étude études
    famille familles femmes finances formation générale habitat handicap hospitalier hospitalière information
    innovation inspection jeunesse justice médecine médecins médico-sociale mutualiste national nationale nationales
    nutrition organismes parents patients planification politique politiques pharmacie prévention promotion protection
    psychiatrie public publique publiques publics qualité recherche recherches régional régionale régionales santé
    sanitaire sanitaires science sciences sécurité services social sociale sociales solidarité solidarités sport sports
    statistique statistiques technologie territoires territorial territoriale toxicomanies travail urbanisme usagers
    vie humaine humaines international internationale mondial mondiale européen européenne française
    français fédéral fédérale central centrale supérieur supérieure interministériel interministérielle
    agriculture american british canadian care children chronic clinical control cross cultural defense disease diseases
    drug economic education electrical electronics energy engineering engineers environment environmental european
    excellence federal food global health healthcare human humanities immunization industry information international
    labour medical medicine mental monetary national prevention primary promotion protection public research royal
    safety science sciences scientific security social standards statistics surveillance technology trade united
    welfare women world disorders states kingdom nurses physicians surgeons psychological statistical royal mathematical
    """.split()
)
_PLACES = frozenset(
    """
    alsace aquitaine auvergne belgique bourgogne bretagne canada catalogne corse europe france guadeloupe guyane
    hauts-de-france île-de-france limousin lorraine luxembourg martinique mayotte monde normandie occitanie paca paris
    picardie québec réunion suisse wallonie auvergne-rhône-alpes bourgogne-franche-comté nouvelle-aquitaine rhône-alpes
    provence-alpes-côte centre-val africa america australia britain england germany japan scotland uk usa wales
    """.split()
)
# Lower-case words that join the parts of a person's name.
_PARTICLES = frozenset(
    """
    a af al am aus auf av bar bat ben bin bint d da dal dalla das de degli dei del della dello den der des di die do dos
    du e el i ibn im in l la las le les lo los mac mc o of op s san st t te ten ter the tot ul und v van vd vom von y
    zu zum zur zer
    """.split()
)
# What joins the words of a body's name and not those of a person's.
_JOINING = frozenset("pour des et en sur aux au of for and the sans contre entre dans par with".split())
# Places that are given names: « GALL France » is a person whose family name comes first, « UNICEF France » is none.
_GIVEN = frozenset("france lorraine martinique europe paris america".split())
_ACRONYMS = frozenset(
    """
    ADEME ANSES ARS CNRS CNSA EHESP FAO HAS INCA INED INRA INRAE INSEE INSERM IREPS OCDE OECD OMS ONU ORS UFC UNAF
    UNESCO UNHCR UNICEF UNIOPSS WHO WWF
    """.split()
)
_ABOUT = _SUBJECTS | _PLACES
# The nouns that end a name cut at its « and »: « Centers for Disease Control and Prevention ».
_ENDS = frozenset(
    """
    affairs applications aquaculture artificial change communication communications computing culture development
    economics education electronics engineers engineering environment evaluation excellence families fisheries forestry
    health humanities immunization industry innovation learning literacy mathematics medicine nutrition policy
    prevention promotion protection quality research safety sanitation science sciences security services society
    design history law planning sports statistics studies surveillance sustainability technology telecommunications
    trade training welfare work arts letters women
    santé sport sports prévention recherche formation environnement solidarité solidarités famille jeunesse emploi
    travail culture technologie technologies
    """.split()
)
_GOING_ON = frozenset("de des du".split())
_FRENCH_WORDS = _GOING_ON | frozenset("en et l la le les pour sur".split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMMAND = re.compile(r"\\[A-Za-z]+ ?|[\\{}^~\"`]|(?<=\\)'")


def words_of(name: str) -> list[str]:
    """The words of a name, without the commands and signs of LaTeX in it."""
    return _WORD.findall(_COMMAND.sub("", name))


def is_kind_of_body(word: str) -> bool:
    """Whether a word says what a body is: « agence », *council*."""
    return word.lower() in _KINDS


def names_a_body(name: str) -> bool:
    """Whether a name, typed without braces and not as « Family, Given », is surely that of a body."""
    words = words_of(name)
    if len(words) < 2:
        return False
    lowered = [word.lower() for word in words]
    kinds = sum(word in _KINDS and word not in _PERHAPS for word in lowered)
    perhaps = sum(word in _PERHAPS for word in lowered)
    about = sum(word in _ABOUT for word in lowered)
    joined = any(word in _JOINING and word not in _PARTICLES for word in words[1:])
    bound = joined or any(word in _PARTICLES for word in words[1:])
    return bool(
        kinds
        or (perhaps and about)
        or (lowered[0] in _PERHAPS and bound)
        or (lowered[0] == "the" and perhaps)
        or (words[0].isupper() and lowered[-1] in _PLACES and (words[0] in _ACRONYMS or lowered[-1] not in _GIVEN))
        or (lowered[0] in _SUBJECTS and words[0][0].isupper() and (about > 1 or joined))
        or (about > 1 and lowered[-1] in _ABOUT)
        or (about and joined)
        or _goes_on_in_lower_case(words, about)
        or (len(words) > 4 and any(word in _JOINING for word in words))
    )


def _goes_on_in_lower_case(words: list[str], about: int) -> bool:
    """Whether a word in lower case follows that is neither a particle nor, perhaps, a name without its capital."""
    if not words[0][0].isupper():
        return False
    common = [word for word in words[1:] if word.islower() and word not in _PARTICLES and len(word) > 3]
    return bool(common) and (about > 0 or (len(common) > 1 and any(word in _JOINING for word in words)))


def goes_on_in_french(before: str, after: str) -> bool:
    """Whether the halves of a name are French: the second, or what the first is of, has an article of French."""
    words = (*words_of(before)[1:], *words_of(after)[:1])
    return after.startswith(("d'", "d’")) or any(word in _FRENCH_WORDS for word in words)


def continues_a_body(before: str, after: str) -> bool:
    """Whether « and » between two items belongs to one name: « Centers for Disease Control and Prevention ».

    What follows ends in a noun that nobody is called, without a kind of body of its own before it.
    """
    first, second = words_of(before), words_of(after)
    if not first or not second:
        return False
    # « Ministère de la santé and des sports »: the name goes on in lower case, as none begins.
    if second[0] in _GOING_ON or after.startswith(("d'", "d’")):
        return names_a_body(before)
    if "," in after or len(second) > 4:
        return False
    if second[-1].lower() in _ENDS and not any(is_kind_of_body(word) for word in second[:-1]):
        return names_a_body(before) or first[0].lower() in _KINDS
    # « Food and Agriculture Organization »: one bare word of a subject, and a body that begins with another.
    return (
        len(first) <= 2
        and all(word.lower() in _ABOUT or word.lower() in _ENDS for word in first)
        and names_a_body(after)
        and second[0].lower() in _ABOUT | _ENDS
    )
