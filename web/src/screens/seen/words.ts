import { speech } from '$core/words';

export const say = speech({
  title: ['Who saw what', 'Wie zag wat'],
  why: [
    'A label says who may see something; this says who did, as far as this log knows: releases, dossiers, letters and looks at this node.',
    'Een label zegt wie iets mag zien; dit zegt wie het zag, voor zover dit logboek weet: vrijgaven, dossiers, brieven en blikken op deze node.',
  ],
  what: ['Of what', 'Waarvan'],
  hint: ['An entry (EV-12), a case, an event or a release.', 'Een notitie (EV-12), een zaak, een gebeurtenis of een vrijgave.'],
  until: ['Until (UTC)', 'Tot (UTC)'],
  look: ['Look', 'Kijk'],
  ask: ['Name something to see who saw it.', 'Noem iets, en zie wie het zag.'],
});
