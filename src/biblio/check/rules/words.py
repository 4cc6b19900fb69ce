"""The word lists of the rules on French, chosen so that a word of the list is hardly ever right as it is typed.

Names of people are in none of them: Emilie, Eric and Etienne may well be spelt without an accent.
"""

from __future__ import annotations

import re

from biblio.text.collation import without_accents

# Words that begin with an accented capital, as they should be typed; each also stands for its plural in -s.
ACCENTED = """
    Âge Âgé Âgée Île Îlot Écart Échange Échanger Échantillon Échec Échelle Échelon Éclairage Éclairer École Écologie
    Écologique Économie Économique Économiste Écoute Écouter Écran Écrire Écrit Écriture Édifice Éditeur Édition
    Éditorial Éducateur Éducatif Éducation Éducative Éduquer Égal Également Égalité Église Élaboration Élaborer
    Élargir Élargissement Électeur Élection Électricité Électronique Élément Élémentaire Élève Éligibilité Élimination
    Éliminer Élu Élue Émancipation Émergence Émergent Émission Émotion Émotionnel Énergie Énergétique Énoncé Épargne
    Épanouissement Épidémie Épidémiologie Épidémiologique Épilepsie Épisode Épreuve Éprouver Épuisement Équilibre
    Équipe Équipement Équité Équivalence Éradication Éradiquer Étape État Établir Établissement Éthique Étiologie
    Étranger Étrangère Être Étude Étudiant Étudiante Étudier Évaluateur Évaluatif Évaluation Évaluative Évaluer Éveil
    Événement Évènement Éventail Éventuel Éviter Évitement Évolution Évoluer Évoquer
""".split()

# Of these, the forms without accent that are English words too: wrong only where the text around them is French.
ALSO_ENGLISH = frozenset(
    """
    Age Ages Edifice Edition Editions Editorial Editorials Education Elaboration Election Elections Elimination
    Emancipation Emission Emissions Emotion Emotions Episode Episodes Equivalence Eradication Evaluation Evaluations
    Evaluative Evolution
    """.split()
)

# Short words whose capitals alone are more often an acronym.
NEVER_IN_CAPITALS = frozenset({"AGE", "AGES", "ILE", "ILES", "ELU", "ELUE", "EGAL", "ETRE"})

# Words before which « A » is the preposition, and neither the verb nor the English article.
AFTER_PREPOSITION = frozenset(
    """
    partir travers propos destination défaut domicile distance compter condition cause charge côté droite gauche égalité
    échelle mesure noter savoir lire voir retenir quand quel quelle quels quelles qui quoi cet cette ces chaque chacun
    chacune la nos notre votre leur leurs ses son deux trois quatre cinq moyen court long terme nouveau
    """.split()
)

# Words of the stem on the left are written with the ligature.
LIGATURES = {
    "oeuvr": "œuvr",
    "oeuf": "œuf",
    "oeil": "œil",
    "oedem": "œdem",
    "oedèm": "œdèm",
    "oedip": "œdip",
    "oesophag": "œsophag",
    "oestrog": "œstrog",
    "oecum": "œcum",
    "oenolog": "œnolog",
    "coeur": "cœur",
    "choeur": "chœur",
    "soeur": "sœur",
    "noeud": "nœud",
    "voeu": "vœu",
    "boeuf": "bœuf",
    "moeurs": "mœurs",
    "manoeuvr": "manœuvr",
    "rancoeur": "rancœur",
    "désoeuvr": "désœuvr",
    "écoeur": "écœur",
    "foetus": "fœtus",
    "foetal": "fœtal",
    "foetaux": "fœtaux",
    "coeliaque": "cœliaque",
    "coelioscop": "cœlioscop",
}

# French names of regions, as the law of 16 January 2015 and the decrees of 28 September 2016 write them.
REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Centre-Val de Loire",
    "Franche-Comté",
    "Grand Est",
    "Hauts-de-France",
    "Île-de-France",
    "Nord-Pas-de-Calais",
    "Nouvelle-Aquitaine",
    "Pays de la Loire",
    "Provence-Alpes-Côte d'Azur",
    "Rhône-Alpes",
)

# Spellings that no French word has, and what was meant. English has none of them either.
MISSPELLINGS = {
    "acceuil": "accueil",
    "acceuillir": "accueillir",
    "accompagement": "accompagnement",
    "apres": "après",
    "aujourdhui": "aujourd'hui",
    "biensur": "bien sûr",
    "connection": "connexion",
    "deja": "déjà",
    "departement": "département",
    "departements": "départements",
    "developpement": "développement",
    "dévelopement": "développement",
    "dévelloppement": "développement",
    "egalement": "également",
    "egalité": "égalité",
    "environement": "environnement",
    "environnment": "environnement",
    "etat": "état",
    "etude": "étude",
    "etudes": "études",
    "évenement": "événement",
    "hopital": "hôpital",
    "hopitaux": "hôpitaux",
    "inegalités": "inégalités",
    "language": "langage",
    "malgrés": "malgré",
    "medecin": "médecin",
    "medecine": "médecine",
    "medecins": "médecins",
    "parmis": "parmi",
    "plutot": "plutôt",
    "professionels": "professionnels",
    "professionelle": "professionnelle",
    "professionel": "professionnel",
    "prévetion": "prévention",
    "receuil": "recueil",
    "recueuil": "recueil",
    "sante": "santé",
    "societe": "société",
    "tres": "très",
}

# Abbreviations that French writes otherwise (Imprimerie nationale, « Abréviations »).
ABBREVIATIONS = {"Mr": "M.", "Mr.": "M.", "Melle": "Mlle", "Mme.": "Mme", "Mlle.": "Mlle", "Dr.": "Dr", "Pr.": "Pr"}

# Little words that nobody writes twice running on purpose (« nous nous » and « vous vous » are right).
NEVER_TWICE = "au aux ces dans de des du est et il ils la le les ou par pour qui sa ses son sur un une".split()

# Common French given names; those of the first list are hardly ever family names.
SURELY_GIVEN = frozenset(
    """
    adeline agathe agnès alexandra amandine amélie anaïs angélique audrey aurélie aurélien béatrice brigitte capucine
    carine carole caroline catherine cécile cédric céline chantal charlotte christelle christiane christine clémentine
    corinne cyrille danièle didier édith éléonore élisabeth élise élodie émilie emilie emmanuelle estelle évelyne
    fabienne fabrice fanny florence françoise frédéric frédérique gaëlle geneviève géraldine gwenaëlle isabelle
    jacqueline jean-charles jean-claude jean-françois jean-louis jean-luc jean-marc jean-marie jean-michel jean-paul
    jean-philippe jean-pierre jérémy jérôme jocelyne joëlle josiane julie juliette justine karine laetitia laurence
    lucie ludivine ludovic magali maëlle marie-aline marie-claude marie-christine marie-france marie-hélène marie-josé
    marie-pierre marina martine mathilde mélanie michèle mireille monique murielle myriam nathalie nicole noémie odile
    patricia pierre-yves sandra sandrine sébastien séverine solène sonia sophie stéphane stéphanie sylvie valérie
    véronique virginie xavier yann yvette zoé
    """.split()
)
GIVEN_NAMES = SURELY_GIVEN | frozenset(
    """
    adrien alain albert alexandre alice andré anne annie antoine arnaud aude benoît bernard bruno camille christian
    christophe claire claude clémence damien daniel david delphine denis dominique éric eric étienne etienne florent
    françois georges gérard gilles guillaume guy hélène henri hervé hugues jacques jean joseph julien laurent louis
    lucien marc marcel marie marine marion mathieu maurice maxime michel muriel nicolas olivier pascal pascale patrick
    paul pauline philippe pierre quentin rachel raphaël raymond rémi rémy rené robert roger roland romain serge simon
    sylvain thierry thomas vincent yves
    """.split()
)

# Names that are family names now and then, but not two of them in one list.
MOSTLY_GIVEN = frozenset(
    """
    anne benoît christophe claire clémence delphine florent françois guillaume hélène jacques jean julien mathieu
    nicolas olivier pauline philippe quentin raphaël romain sylvain
    """.split()
)

# Of the first list, those that are family names too: James Florence, Peter Laurence, Hilary Nicole.
PERHAPS_FAMILY = frozenset(
    """
    alexandra caroline catherine chantal charlotte edith elise emilie florence isabelle julie justine laurence lucie
    marina martine nicole patricia sandra sonia sophie xavier yann
    """.split()
)


def _unaccented_forms() -> dict[str, str]:
    """The faulty forms of ``ACCENTED``, each with the right one.

    The capital alone without its accent, the whole word without accents, and the word in unaccented capitals.
    """
    forms: dict[str, str] = {}
    for singular in ACCENTED:
        for word in (singular, singular + "s"):
            forms.setdefault(without_accents(word[0]) + word[1:], word)
            forms.setdefault(without_accents(word), word)
            capitals = without_accents(word).upper()
            if len(capitals) > 3 and capitals not in NEVER_IN_CAPITALS:
                forms.setdefault(capitals, word.upper())
    return forms


UNACCENTED = _unaccented_forms()

# What French elides before a vowel: « l'eau », « qu'elle ».
_ELIDED = re.compile(
    r"(?<![^\W\d_])(?:[dlnjcmst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|aujourd)\Z", re.IGNORECASE
)


def is_elided(text: str, end: int) -> bool:
    """Whether the word that ends there is one that French elides, so that an apostrophe follows."""
    return _ELIDED.search(text[max(0, end - 10) : end]) is not None
