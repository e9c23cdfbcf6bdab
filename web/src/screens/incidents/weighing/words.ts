import { speech, type Pair } from '$core/words';

export const say = speech({
  title: ['Explanations', 'Verklaringen'],
  note: [
    'The least contradicted stands first. What fits an explanation does not prove it. The order is of evidence, not of likelihood.',
    'Wat het minst wordt tegengesproken staat vooraan. Wat bij een verklaring past, bewijst haar niet. De volgorde gaat over bewijs, niet over waarschijnlijkheid.',
  ],
  matrix: ['Explanations and the evidence', 'Verklaringen en het bewijs'],
  side: ['Evidence by explanation', 'Bewijs per verklaring'],
  settled: ['The first stands first whatever the missing ratings would be.', 'De eerste blijft de eerste, wat de ontbrekende beoordelingen ook worden.'],
  unsettled: [
    'The order is not settled: missing ratings or ungraded sources can change it.',
    'De volgorde ligt niet vast: ontbrekende beoordelingen of ongewogen bronnen kunnen haar veranderen.',
  ],
  unsure: ['Not settled', 'Ligt niet vast'],
  noneLeads: [
    'Nobody weighed yet: {names}. They stand in front because nothing was held against them, not because they hold; until they are weighed nothing leads.',
    'Nog door niemand gewogen: {names}. Die staan vooraan omdat er niets tegen gehouden is, niet omdat zij kloppen; zolang dat zo is gaat niets voor.',
  ],
  withheld: [
    '{count} pieces of evidence are withheld from you; this order is made without them.',
    '{count} bewijsstukken worden voor u achtergehouden; deze volgorde is zonder die stukken gemaakt.',
  ],
  carrier: ['Without {pieces} the first would be: {first}.', 'Zonder {pieces} zou de eerste zijn: {first}.'],
  noCarrier: ['No single source carries the order.', 'Geen enkele bron draagt de volgorde alleen.'],
  oneVoice: ['One voice, counted once: {pieces} share a root.', 'Eén stem, één keer geteld: {pieces} hebben dezelfde bron.'],
  evidence: ['evidence', 'bewijs'],
  grade: ['grade', 'weging'],
  tells: ['tells apart', 'onderscheidt'],
  against: ['speaks against', 'spreekt tegen'],
  between: ['{said}, between {low} and {high}', '{said}, tussen {low} en {high}'],
  pieces: ['pieces against', 'stukken tegen'],
  unrated: ['not rated', 'niet beoordeeld'],
  unweighed: ['nobody weighed it yet', 'nog door niemand gewogen'],
  illWill: ['needs ill will', 'vraagt kwade wil'],
  noIllWill: ['needs no ill will', 'vraagt geen kwade wil'],
  nothing: ['not rated', 'niet beoordeeld'],
  add: ['Add an explanation', 'Verklaring toevoegen'],
  addName: ['A short name', 'Een korte naam'],
  addNameHint: ['letters, figures and dashes, like battery-burst', 'letters, cijfers en streepjes, zoals accu-gesprongen'],
  addText: ['What would have happened', 'Wat er dan gebeurd zou zijn'],
  addTextHint: ['No state is named, and no motive.', 'Geen staat en geen motief genoemd.'],
  benign: ['It needs nobody’s ill will', 'Het vraagt niemands kwade wil'],
  rate: ['Rate {piece}', '{piece} beoordelen'],
  rateSure: [
    'Would one see this piece, if the explanation were true?',
    'Zou men dit stuk zien, als de verklaring waar was?',
  ],
  gradeOf: ['Grade {piece}', '{piece} wegen'],
  reliability: ['How reliable is the source', 'Hoe betrouwbaar is de bron'],
  credibility: ['How credible is what it says', 'Hoe geloofwaardig is wat hij zegt'],
  group: ['A root it shares with others', 'Een bron die het met andere deelt'],
  groupHint: ['Pieces of one root count once together.', 'Stukken van één bron tellen samen één keer.'],
  estimates: ['How people judge it', 'Hoe mensen het beoordelen'],
  estimatesNote: [
    'How likely, and apart from that how good the basis is.',
    'Hoe waarschijnlijk, en los daarvan hoe goed de basis is.',
  ],
  estimate: ['Judge how likely', 'Inschatten'],
  explanation: ['explanation', 'verklaring'],
  likelihood: ['how likely', 'hoe waarschijnlijk'],
  confidence: ['confidence in the basis', 'vertrouwen in de basis'],
  restsOn: ['What it rests on', 'Waar het op rust'],
  by: ['by', 'door'],
  percent: ['{low}–{high} %', '{low}–{high} %'],
  noEstimates: ['Nobody has given a judgement.', 'Niemand heeft een oordeel gegeven.'],
  gaps: ['What is not known', 'Wat niet bekend is'],
  gap: ['Name a gap', 'Leemte noemen'],
  gapText: ['What is not known, and would tell', 'Wat niet bekend is, en het zou vertellen'],
  noGaps: ['Nobody named a gap.', 'Niemand noemde een leemte.'],
  dissent: ['Who judges otherwise', 'Wie anders oordeelt'],
  dissentAct: ['Dissent', 'Anders oordelen'],
  dissentText: ['With what you do not agree, and why', 'Waar u het niet mee eens bent, en waarom'],
  dissentSure: ['It stands beside the rest in every brief.', 'Het staat naast de rest in elke notitie.'],
  noDissent: ['Nobody dissents.', 'Niemand oordeelt anders.'],
  gradedBy: ['graded', 'gewogen'],
});

export const HYPOTHESES: Record<string, Pair> = {
  equipment: ['Equipment failed', 'Apparatuur faalde'],
  'space-weather': ['Space weather', 'Ruimteweer'],
  accident: ['An accident of operation', 'Een ongeluk bij de bediening'],
  debris: ['Debris or a meteoroid', 'Ruimteafval of een meteoroïde'],
  'our-error': ['An error of ours, in data or analysis', 'Een fout van onszelf, in gegevens of analyse'],
  deliberate: ['A deliberate act', 'Een opzettelijke daad'],
};

export const FITS: Record<string, Pair> = {
  CC: ['fits well', 'past goed'],
  C: ['fits', 'past'],
  N: ['neither', 'geen van beide'],
  I: ['against', 'spreekt tegen'],
  II: ['strongly against', 'spreekt sterk tegen'],
};

export const LIKELIHOODS: Record<string, Pair> = {
  'almost-no-chance': ['almost no chance', 'vrijwel uitgesloten'],
  'very-unlikely': ['very unlikely', 'zeer onwaarschijnlijk'],
  unlikely: ['unlikely', 'onwaarschijnlijk'],
  'roughly-even-chance': ['roughly even chance', 'ongeveer even waarschijnlijk als niet'],
  likely: ['likely', 'waarschijnlijk'],
  'very-likely': ['very likely', 'zeer waarschijnlijk'],
  'almost-certain': ['almost certain', 'vrijwel zeker'],
};

export const CONFIDENCES: Record<string, Pair> = {
  low: ['low', 'laag'],
  moderate: ['moderate', 'matig'],
  high: ['high', 'hoog'],
};

// NATO AJP-2.1, the Admiralty code.
export const RELIABILITIES: Record<string, Pair> = {
  A: ['completely reliable', 'volledig betrouwbaar'],
  B: ['usually reliable', 'meestal betrouwbaar'],
  C: ['fairly reliable', 'redelijk betrouwbaar'],
  D: ['not usually reliable', 'meestal niet betrouwbaar'],
  E: ['unreliable', 'onbetrouwbaar'],
  F: ['cannot be judged', 'niet te beoordelen'],
};

export const CREDIBILITIES: Record<string, Pair> = {
  '1': ['confirmed by others', 'door anderen bevestigd'],
  '2': ['probably true', 'waarschijnlijk waar'],
  '3': ['possibly true', 'mogelijk waar'],
  '4': ['doubtful', 'twijfelachtig'],
  '5': ['improbable', 'onwaarschijnlijk'],
  '6': ['cannot be judged', 'niet te beoordelen'],
};
