// Writes the order in which ICU's French collator puts 5,000 strings of our own making, for tests/text/test_order.py.
//
// Run by hand, with Node, when the strings change: node tools/collation_order.mjs > tests/text/french_order.txt
// One string a line; a line that begins with « = » compares equal to the one before it. Punctuation counts as one space,
// as the program has it, before the collator sees the string.

const families = ('Martin Martin-Dupont Dupont Du\u00a0Pont Øster Østergaard Offner Otis Oury Öberg Œhler Oehler Łuk Lukács Łukasz Luz Lyon ' +
  'Đurić Dubois Durić Dyer Ħaż Haas Hazan Işık Isik Ikram Iztok Iwan Åberg Aberg Ærø Aerts Afonso Müller Muller Mueller ' +
  'Straße Strasse Strauss Núñez Nunez Nuñez Žižek Zizek Zola Þór Thor Çelik Celik Cohen Ćosić Cosic Čapek Capek ' +
  'D’Ormesson D\'Arc L’Hôte Lhote Le\u00a0Goff Legoff Léger Leger Lèger Saint-Exupéry Saint Sainte-Beuve Szőlő Szolo ' +
  'Ŋgugi Ngugi Nzé Ťuhý Ŧuhy Tuhy Tzara Ðorđe Dorde Ọla Ola Ola’i Ɛdo Edo Ezra Ɔsei Osei Ƙato Kato Kzar').split(' ');
const given = 'Zoé Zoe Anne Ana Éric Eric Ève Eve Élise Jean Jean-Luc Jeanne Ola José Jose Josée Ṭāriq Tariq'.split(' ');
const words = ('cote coté côte côté Côte CÔTÉ œuvre oeuvre Œuvre œil oeil été ete Été ÉTÉ élève élevé eleve santé Santé sante ' +
  'SANTÉ publique Rhône Rhone rhône-alpes Alpes l’hôpital l’hopital hôpital hôte hote hotel hôtel naïf naif maïs mais Maïs ' +
  'ça ca Ça où ou Où août aout forêt foret pêche péché pèche pécher pêcher dès des Dès à a À sûr sur mûr mur tâche tache ' +
  'CO₂ CO2 CO² H₂O H2O m² m2 m³ 1er 2e 3e 10 100 20 2 2019 2020 n° nº PM₂ ½ ﬁn fin île Île ile ilot îlot ex-æquo exæquo ' +
  'exaequo cæcum caecum Noël noel Noèl façade facade aiguë aigue ambigu exigüe exigue dossier Dossier actes Actes').split(' ');
const joints = [' ', ' ', ' ', ' ', '-', ', ', ' : ', ' ; ', '’', ' – ', ' & '];

// A generator with a fixed beginning: the same strings every time (Numerical Recipes' constants).
let state = 20240711;
const below = (count) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * count);
};
const one = (list) => list[below(list.length)];

const made = new Set();
while (made.size < 5000) {
  const title = [one(words)];
  for (let more = below(3); more > 0; more -= 1) title.push(one(joints), one(words));
  const name = one(families) + one([' ', ', ']) + one(given);
  made.add((below(3) ? title.join('') : below(4) ? name : one(families)).normalize(below(9) ? 'NFC' : 'NFD'));
}

const spaced = (string) => string.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim();
const { compare } = new Intl.Collator('fr');
const sorted = [...made].sort((one, other) => compare(spaced(one), spaced(other)) || (one < other ? -1 : 1));
sorted.forEach((string, place) => {
  const same = place > 0 && compare(spaced(sorted[place - 1]), spaced(string)) === 0;
  process.stdout.write(`${same ? '= ' : ''}${string}\n`);
});
