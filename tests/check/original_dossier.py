"""The faults of the dossier as it was first published, as facts: short pieces of what it prints, faults included."""

from __future__ import annotations

CUT_ADDRESSES = """
https://www.irdes.fr...
https://espt.asso.fr/...
https://www.sfsp.fr/...
https://www.cres-paca.org/...
""".split()

PLAIN_HTTP = """
http://www.villes-sante.com/
http://www.ccomssantementalelillefrance.org/
http://www.espt.asso.fr/
http://www.institut-renaudot.fr/
http://www.professionbanlieue.org/
http://www.urps-ml-paca.org/
http://www.orspaca.org/notes-strategiques/portraits-d%C3%A9partementaux-et-diaporamas-synth%C3%A9tiques-r%C3%A9gional-et-d%C3%A9partementaux
http://journals.openedition.org/rfst/569
http://www.reseau-crpv.fr/wp-content/uploads/2021/04/Quartiers-populaires-PV-covid-19-RNCRPV-Contribution-2020.pdf
http://www.villes-sante.com/wp-content/uploads/ouvrage_25ans.pdf
http://www.assemblee-nationale.fr/15/pdf/rap-enq/r1185-t1.pdf
http://cosoter-ressources.info/doc_num_data.php?explnum_id=6388
http://www.ladocumentationfrancaise.fr/docfra/rapport_telechargement/var/storage/rapports-publics/184000311.pdf
http://www.senat.fr/rap/r21-589/r21-5891.pdf
http://www.irdes.fr/recherche/documents-de-travail/076-accessibilite-aux-soins-et-attractivite-territoriale.pdf
http://www.cres-paca.org/_depot_cres/fiches/2091/2091_1_doc.pdf
http://www.villes-sante.com/wp-content/uploads/Synth%C3%A8se-Sante-environnement-CLS-VF.pdf
http://clsm-ccoms.org/wp-content/uploads/2021/03/Actes-5e-rencontre-nationale-des-CLSM-et-22e-jn-ESPT-2019.pdf
http://www.ch-le-vinatier.fr/orspere-samdarra/rhizome/anciens-numeros/rhizome-n58-la-participation-des-usagers-en-sante-mentale-1235.html
http://clsm-ccoms.org/wp-content/uploads/2018/02/UE09_CLSM_EHESP.pdf
http://ressources-clsm.org/wp-content/uploads/2023/03/230330-Etat-des-lieux-CLSM-web.pdf
http://ressources-clsm.org/wp-content/uploads/2023/02/LSMDMQ-Rapport-dactivite-2022-1.pdf
http://clsm-ccoms.org/wp-content/uploads/2022/01/5-CCOMS-Guide_e%CC%81lus.pdf
http://clsm-ccoms.org/wp-content/uploads/2022/01/7-CCOMS-Guide_usagers.pdf
http://clsm-ccoms.org/wp-content/uploads/2021/10/DEF-CCOMS-E%CC%81tat-du-fonctionnement-des-CLSM-pendant-le%CC%81pide%CC%81mie-de-Covid-19-en-France-.pdf
http://clsm-ccoms.org/wp-content/uploads/2019/02/CLSM-Synthese-evaluation-IDF.pdf
http://clsm-ccoms.org/wp-content/uploads/2018/01/20180115_Rep%C3%A8re-situation-difficile-CLSM-2.pdf
http://clsm-ccoms.org/wp-content/uploads/2017/12/20171109_Synth%C3%A8se-rencontre-Sant%C3%A9-mentale-et-politique-de-la-ville.pdf
http://www.plateforme-asv.org/sites/default/files/Actions/Colloques/actes_1ere_rencontre_nationale_asv_hd.pdf
http://ped.sagepub.com/content/21/1_suppl/46.full.pdf
http://www.cres-paca.org/_depot_arkcms_crespaca/_depot_arko/articles/560/telecharger_doc.pdf
http://www.cres-paca.org/depot_arkcms_crespaca/depot_arko/articles/3546/recommandations-asv-paca_doc.pdf
http://www.hcsp.fr/Explore.cgi/Telecharger?NomFichier=hcspa20130320_ateliersvillesante.pdf
http://www.plateforme-asv.org/sites/default/files/pnrasv_capitalisation_vf_compressé.pdf
http://fr.calameo.com/read/002395331c6f85287896c
http://www.igas.gouv.fr/IMG/pdf/IGAS2018-041R_.pdf
""".split()

# Titles and names of bodies, in the order of the dossier; how many unaccented capitals each has.
CAPITALS = {
    "Elus, santé publique & territoires (ESPT)": 1,
    "Référentiel CLS Île-de-France, ARS Ile-de-France": 1,
    "Etude CLoterres santé & territoires": 1,
    "Etudes et résultats": 1,
    "Accès aux soins et pratiques de recours. Etude sur le vécu des patients": 1,
    "Etat des lieux des actions favorisant l'installation des médecins généralistes": 1,
    "Elus, Santé Publique & Territoires": 1,
    "Ecole des hautes études en santé publique": 1,
    "IREPS Auvergne Rhône-Alpes, Emergence": 1,
    "L'Etude Cloterres santé & territoire": 1,
    "L'Etat à l'épreuve de la régulation territoriale": 1,
    "Evaluer un contrat local de santé. Un guide pratique": 1,
    "Etude sur l'impact des contrats locaux de santé en Ile-de-France": 2,
    "Etat du fonctionnement des conseils locaux de santé mentale": 1,
    "A partir de trois cas": 1,
    "A l'occasion de la 12e Conférence européenne": 1,
    "A l'ère du renouvellement prochain": 1,
    "A cette fin il est conseillé aux CPTS": 1,
    "l'Etat et les partenaires locaux": 1,
}

LIGATURES = (
    "mettre en oeuvre une politique de santé",
    "politiques publiques mises en oeuvre",
    "la politique mise en oeuvre",
    "au coeur de notre pacte républicain",
    "initiatives à l'oeuvre",
    "la mise en oeuvre du plan d'action",
    "la mise en oeuvre de ces méthodes",
    "les actions mises en oeuvre par les CLSM",
    "modalités de mise en oeuvre des CLSM",
    "la promotion de la santé à l'oeuvre dans les territoires",
)

ORDINALS = (
    "durant les 7èmes Journées nationales",
    "la 12ème Conférence européenne de santé publique",
    "la 5ème rencontre nationale et la 22ème journée nationale",
    "1ère rencontre nationale des Ateliers santé ville",
    "2ème comité de pilotage national. Point d'avancement",
    "2ème comité de pilotage national. Le comité national de suivi",
)

PROVENANCES = (
    "[Résumé éditeur]",
    "[Résumé auteur]",
    "[Résumé de l'auteur]",
    "[Résumé d'après éditeur]",
    "[Résumé d'après le CCOMS Lille]",
    "[Extrait résumé auteur]",
    "[Extrait résumé éditeur]",
)

# The pages, and the code of each fault.
PAGES = {"pp.81-115": "R315", "277- 295": "R316", "p. 8-17": "R315"}

QUOTES = ('Le "Aller vers", une pratique à promouvoir', 'la loi "3DS" et les opportunités')
LONE_LETTER = "Ministère de la solidarité et e la santé"
AUTHOR = "BRETÓN, Pierre"
REGION = "Evaluation des Conseils locaux de santé mentale en Ile de France"
HEADINGS = ("Contrats locaux de santé", "Contrats locaux de santé")
