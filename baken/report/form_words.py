"""The words of the form for reports from outside, in English and Dutch."""

FORM_WORDS = {
    "form.title": ("Report an incident in space", "Meld een incident in de ruimte"),
    "form.other_language": ("Nederlands", "English"),
    "form.why": (
        "For operators and users of space systems: an anomaly, interference, or a cyber incident. No "
        "account is needed. Your report is kept as you write it; nobody else sees it unless you allow it "
        "below.",
        "Voor exploitanten en gebruikers van ruimtesystemen: een afwijking, storing of cyberincident. U "
        "heeft geen account nodig. Uw melding wordt bewaard zoals u haar schrijft; niemand anders ziet "
        "haar, tenzij u dat hieronder toestaat.",
    ),
    "form.send": ("Send the report", "Verstuur de melding"),
    "form.optional": ("optional", "niet verplicht"),
    "form.thanks": ("Thank you, your report was received", "Dank u, uw melding is ontvangen"),
    "form.after": (
        "A duty officer reads it. With the code you can ask whether it became part of a case.",
        "Een dienstdoende officier leest haar. Met de code kunt u vragen of zij deel werd van een zaak.",
    ),
    "form.reporter": ("Your name", "Uw naam"),
    "form.organisation": ("Your organisation", "Uw organisatie"),
    "form.contact": ("How you can be reached now", "Hoe u nu bereikbaar bent"),
    "form.kind": ("What it seems to be", "Wat het lijkt te zijn"),
    "form.system": ("System, satellite or service", "Systeem, satelliet of dienst"),
    "form.what": ("What you saw", "Wat u zag"),
    "form.observed_from_utc": ("Since when (UTC)", "Sinds wanneer (UTC)"),
    "form.hint.observed_from_utc": ("like 2026-11-25T09:00:00Z", "zoals 2026-11-25T09:00:00Z"),
    "form.observed_to_utc": ("Until when (UTC)", "Tot wanneer (UTC)"),
    "form.hint.observed_to_utc": ("leave empty while it goes on", "leeg laten zolang het doorgaat"),
    "form.segment": ("Which part", "Welk deel"),
    "form.effect": ("What happened to it", "Wat ermee gebeurde"),
    "form.frequency_hz": ("Frequency in hertz", "Frequentie in hertz"),
    "form.hint.frequency_hz": ("like 1575420000", "zoals 1575420000"),
    "form.norad_cat_id": ("Catalogue number", "Catalogusnummer"),
    "form.techniques": ("SPARTA techniques", "SPARTA-technieken"),
    "form.hint.techniques": ("like EX-0016, EX-0014.03", "zoals EX-0016, EX-0014.03"),
    "form.releasable_to": ("Who else may read this", "Wie dit ook mag lezen"),
    "form.hint.releasable_to": (
        "like NL, DE; empty for nobody but whoever receives it",
        "zoals NL, DE; leeg voor niemand dan de ontvanger",
    ),
}
