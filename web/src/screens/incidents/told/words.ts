import { speech, type Pair } from '$core/words';

export const say = speech({
  title: ['Determined and told', 'Vastgesteld en verteld'],
  determined: ['What authorities determined', 'Wat bevoegde instanties vaststelden'],
  determinedNote: [
    'Acts of people, in their own signed words, side by side. Software makes none and proposes none.',
    'Daden van mensen, in hun eigen ondertekende woorden, naast elkaar. Software maakt er geen en stelt er geen voor.',
  ],
  none: [
    'No determination is recorded. Who is responsible, if anybody, is for states to say.',
    'Er is geen vaststelling vastgelegd. Wie verantwoordelijk is, als iemand dat is, is aan staten.',
  ],
  record: ['Record a determination', 'Vaststelling vastleggen'],
  recordSure: [
    'It is checked against the key of its authority and kept beside all others. Who that authority is, is for you to have checked.',
    'Zij wordt gecontroleerd met de sleutel van haar instantie en naast alle andere bewaard. Wie die instantie is, moet u hebben nagegaan.',
  ],
  note: ['The signed determination', 'De ondertekende vaststelling'],
  noteHint: ['the whole text of the note, signatures and all', 'de hele tekst, met ondertekening en al'],
  key: ['The key whose signature is accepted', 'De sleutel waarvan de ondertekening geldt'],
  keyHint: ['like baken/NL/authority/minister+1234abcd+AX…', 'zoals baken/NL/authority/minister+1234abcd+AX…'],
  sign: [
    'A determination is signed with the private key of its authority, at a terminal where that key is kept:',
    'Een vaststelling wordt ondertekend met de geheime sleutel van haar instantie, aan een terminal waar die sleutel ligt:',
  ],
  on: ['{state}, {organ}, {day}', '{state}, {organ}, {day}'],
  public: ['public', 'openbaar'],
  notPublic: ['not public', 'niet openbaar'],
  basis: ['rests on', 'berust op'],
  names: ['holds responsible', 'houdt verantwoordelijk'],
  namesNobody: ['nobody', 'niemand'],
  signedBy: ['signed with', 'ondertekend met'],
  dissent: ['Who judges otherwise', 'Wie anders oordeelt'],
  noDissent: ['Nobody dissents.', 'Niemand oordeelt anders.'],
  drafts: ['Draft of a statement', 'Concept van een verklaring'],
  draftsNote: ['From what is released to an audience. Nothing sends it and nothing approves it.', 'Uit wat aan een publiek is vrijgegeven. Niets verstuurt het en niets keurt het goed.'],
  what: ['what', 'wat'],
  audience: ['for whom', 'voor wie'],
  audienceHint: ['an audience as labels name it, like EU', 'een publiek zoals labels het noemen, zoals EU'],
  language: ['language', 'taal'],
  draft: ['Draft', 'Opstellen'],
  empty: ['Nothing of this case may be said to {audience}.', 'Van deze zaak mag niets aan {audience} worden gezegd.'],
  carried: ['carried by', 'gedragen door'],
  leftOut: ['Left out, for you only', 'Weggelaten, alleen voor u'],
  copy: ['Keep as text', 'Bewaar als tekst'],
  isDraft: ['DRAFT for {audience}', 'CONCEPT voor {audience}'],
});

export const STATEMENT_KINDS: Record<string, Pair> = {
  'public-statement': ['Public statement', 'Publieke verklaring'],
  'notice-to-partners': ['Notice to partners', 'Bericht aan partners'],
  'question-to-operator': ['Questions to an operator', 'Vragen aan een exploitant'],
  demarche: ['Diplomatic note', 'Diplomatieke nota'],
};

export const STATEMENT_PARTS: Record<string, Pair> = {
  opened: ['what it is and since when', 'wat het is en sinds wanneer'],
  title: ['title', 'titel'],
  severity: ['severity', 'ernst'],
  stage: ['stage', 'stadium'],
  effect: ['effect', 'gevolg'],
  segment: ['segment', 'deel van het systeem'],
  evidence: ['a piece of evidence', 'een bewijsstuk'],
  determination: ['a determination', 'een vaststelling'],
  ask_partners: ['question to partners', 'vraag aan partners'],
  ask_operator: ['question to the operator', 'vraag aan de exploitant'],
  consult: ['request for consultation', 'verzoek om overleg'],
};
