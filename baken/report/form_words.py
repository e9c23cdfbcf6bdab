"""The words of the form for reports from outside, in English and Dutch."""

FORM_WORDS = {
    "acknowledge.title": ("Acknowledge a letter", "Bevestig een brief"),
    "acknowledge.why": (
        "You were sent a letter about {incident} with a code of ten letters and figures. With the code you "
        "say that you have read it, and take on what it asks of you.",
        "U kreeg een brief over {incident} met een code van tien letters en cijfers. Met de code zegt u dat "
        "u hem gelezen heeft, en neemt u op u wat hij vraagt.",
    ),
    "acknowledge.code": ("Code", "Code"),
    "acknowledge.hint.code": (
        "as in the letter; capitals and dashes do not matter",
        "zoals in de brief; hoofdletters en streepjes maken niet uit",
    ),
    "acknowledge.who": ("Your name", "Uw naam"),
    "acknowledge.send": ("Acknowledge", "Bevestig"),
    "acknowledge.thanks": ("Thank you, your letter was acknowledged", "Dank u, uw brief is bevestigd"),
    "acknowledge.taken": ("You have taken on: {what}", "U heeft op u genomen: {what}"),
    "acknowledge.due": ("To be done by {when}", "Gereed uiterlijk {when}"),
    "acknowledge.wrong": (
        "No letter that waits to be acknowledged has this code. Read it once more, or call whoever wrote.",
        "Geen brief die op bevestiging wacht heeft deze code. Lees haar nog eens, of bel de afzender.",
    ),
    "acknowledge.too_often": (
        "Too many wrong codes were tried here. Wait ten minutes, or call whoever wrote.",
        "Er zijn hier te veel verkeerde codes geprobeerd. Wacht tien minuten, of bel de afzender.",
    ),
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
    "form.too_often": (
        "More reports came than are taken in ten minutes. Call us by telephone, or send it again later.",
        "Er kwamen meer meldingen dan er in tien minuten worden aangenomen. Bel ons, of verstuur haar later.",
    ),
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
