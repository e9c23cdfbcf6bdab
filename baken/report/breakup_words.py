"""The words of what is told of a breakup, in English and Dutch."""

BREAKUP_WORDS = {
    "breakup.burst_or_hit": (
        "burst or hit,\nnot told apart",
        "explosie of inslag,\nniet te onderscheiden",
    ),
    "breakup.explosion": ("explosion", "explosie"),
    "breakup.collision": ("collision", "botsing"),
    "breakup.direct_ascent": ("hit by something not in orbit", "inslag van iets dat niet in een baan was"),
    "breakup.ordinary_release": ("ordinary release", "gewone lossing"),
    "breakup.title": ("Breakup of {what}", "Uiteenvallen van {what}"),
    "breakup.title.release": ("Release of pieces by {what}", "Lossing van stukken door {what}"),
    "breakup.title.unknown": ("Breakup: the pieces of {called}", "Uiteenvallen: de brokken van {called}"),
    "breakup.head": ("Baken · {event} · as of {now}", "Baken · {event} · stand {now}"),
    "breakup.head.none": ("breakup", "uiteenvallen"),
    "breakup.subtitle": (
        "{count} pieces · around {time}, within {width} · {place}",
        "{count} brokken · rond {time}, binnen {width} · {place}",
    ),
    "breakup.subtitle.untimed": (
        "{count} pieces; when they parted cannot be told",
        "{count} brokken; wanneer ze uiteengingen is niet te zeggen",
    ),
    "breakup.said.when": (
        "{count} pieces parted around {time}, with 90 % certainty between {start} and {end}, at a height of "
        "{height} km.",
        "{count} brokken zijn uiteengegaan rond {time}, met 90 % zekerheid tussen {start} en {end}, op een "
        "hoogte van {height} km.",
    ),
    "breakup.said.untimed": (
        "{count} new pieces fly in orbits that are alike, but they gather at no one time: when and where "
        "they parted cannot be told.",
        "{count} nieuwe brokken vliegen in banen die op elkaar lijken, maar ze komen op geen moment samen: "
        "wanneer en waar ze uiteengingen is niet te zeggen.",
    ),
    "breakup.said.from": (
        "By their motion they most likely came from {what}; {afterwards}.",
        "Naar hun beweging komen ze hoogstwaarschijnlijk van {what}; {afterwards}.",
    ),
    "breakup.said.among": (
        "Which object they came from motion does not tell: {count} fit, none far better than the rest.",
        "Van welk object ze komen zegt de beweging niet: {count} passen, geen veel beter dan de andere.",
    ),
    "breakup.none_found": (
        "Nothing broke up between these catalogues, as far as their newcomers tell.",
        "Er viel niets uiteen tussen deze catalogi, voor zover hun nieuwkomers dat vertellen.",
    ),
    "breakup.likeliest": (
        "likeliest parent by motion: {what} ({likelihood})",
        "waarschijnlijkste herkomst naar beweging: {what} ({likelihood})",
    ),
    "breakup.said.from_nobody": (
        "No object that was known before passed there.",
        "Geen object dat eerder bekend was kwam daar langs.",
    ),
    "breakup.said.burst_or_hit": (
        "Motion does not tell a burst from within from a hit by something that was not in orbit.",
        "De beweging zegt niet of het van binnen uit ontplofte of geraakt werd door iets dat niet in een "
        "baan was.",
    ),
    "breakup.said.unseen": (
        "Nor, with elements so old, whether another object met it.",
        "En met zo oude baangegevens ook niet of een ander object het trof.",
    ),
    "breakup.said.collision": (
        "At the same place and time {other} passed at {speed}: the two met. Motion does not say why.",
        "Op dezelfde plaats en tijd kwam {other} langs met {speed}: de twee hebben elkaar getroffen. De "
        "beweging zegt niet waarom.",
    ),
    "breakup.said.ordinary_release": (
        "The pieces parted no faster than a satellite is let go: an ordinary release.",
        "De stukken gingen niet sneller uiteen dan bij het lossen van een satelliet: een gewone lossing.",
    ),
    "breakup.said.risk": (
        "Most fly between {low} and {high} km. There a satellite of {area} m² is hit once in {soonest} to "
        "{latest} years on average.",
        "De meeste vliegen tussen {low} en {high} km. Daar wordt een satelliet van {area} m² gemiddeld eens "
        "in de {soonest} tot {latest} jaar geraakt.",
    ),
    "breakup.said.blame": (
        "These are facts of motion; they say nothing of intent and blame nobody.",
        "Dit zijn feiten over beweging; ze zeggen niets over opzet en wijzen niemand aan.",
    ),
    "breakup.after.unchanged": ("it is still there, its orbit as before", "het is er nog, in dezelfde baan"),
    "breakup.after.changed": ("it is still there, its orbit changed", "het is er nog, in een andere baan"),
    "breakup.after.vanished": ("it is no longer catalogued", "het staat niet meer in de catalogus"),
    "breakup.after.unknown": (
        "what became of it is not known",
        "wat ervan geworden is, is niet bekend",
    ),
    "breakup.gabbard": (
        "How high and how low each piece flies (Gabbard)",
        "Hoe hoog en hoe laag elk brok vliegt (Gabbard)",
    ),
    "breakup.period": ("period [min]", "omlooptijd [min]"),
    "breakup.height": ("height [km]", "hoogte [km]"),
    "breakup.apogee": ("highest", "hoogst"),
    "breakup.perigee": ("lowest", "laagst"),
    "breakup.parent": ("likeliest parent", "vermoedelijke herkomst"),
    "breakup.pinch": ("When they were together", "Wanneer ze bijeen waren"),
    "breakup.no_pinch": ("They gather at no one time", "Ze komen op geen moment samen"),
    "breakup.hours": ("hours from {time}", "uren vanaf {time}"),
    "breakup.gathered": ("median distance [km]", "mediane afstand [km]"),
    "breakup.interval": ("90 % interval", "90 %-interval"),
    "breakup.kicks": ("How each was pushed [m/s]", "Hoe elk geduwd is [m/s]"),
    "breakup.radial": ("up", "omhoog"),
    "breakup.transverse": ("along", "vooruit"),
    "breakup.normal": ("sideways", "opzij"),
    "breakup.no_kicks": ("no kick is told", "geen duw bekend"),
    "breakup.risk": (
        "Expected hits a year of a satellite of {area} m²",
        "Verwachte inslagen per jaar op een satelliet van {area} m²",
    ),
    "breakup.candidates": ("Where they may have come from", "Waar ze vandaan kunnen komen"),
    "breakup.column.object": ("object", "object"),
    "breakup.column.likelihood": ("likelihood", "gewicht"),
    "breakup.column.across": ("passed at", "kwam op"),
    "breakup.column.late": ("minutes off", "minuten ernaast"),
    "breakup.column.afterwards": ("afterwards", "daarna"),
    "breakup.now.unchanged": ("as before", "als tevoren"),
    "breakup.now.changed": ("orbit changed", "andere baan"),
    "breakup.now.vanished": ("no longer catalogued", "uit de catalogus"),
    "breakup.now.unknown": ("not known", "niet bekend"),
    "breakup.nobody": (
        "Nothing was known before, or nothing known passed the place.",
        "Er was niets bekend, of niets bekends kwam langs de plaats.",
    ),
    "breakup.endangered": ("Who is at risk, with {area} m²", "Wie gevaar loopt, met {area} m²"),
    "breakup.column.where": ("height, object", "hoogte, object"),
    "breakup.column.pieces": ("pieces", "brokken"),
    "breakup.column.share": ("of all tracked", "van al het gevolgde"),
    "breakup.column.years": ("one hit in (years)", "één inslag per (jaren)"),
    "breakup.facts": ("What it rests on", "Waar dit op steunt"),
    "breakup.fact.place": ("place", "plaats"),
    "breakup.fact.gathered": ("gathered to (median)", "bijeen tot (mediaan)"),
    "breakup.fact.used": ("pieces used for the time", "brokken gebruikt voor de tijd"),
    "breakup.fact.kicks": ("pushed by (median; 9 in 10)", "geduwd met (mediaan; 9 op 10)"),
    "breakup.fact.kick_error": ("error of a push", "fout van een duw"),
    "breakup.fact.age": ("elements, after it (median)", "baangegevens, erna (mediaan)"),
    "breakup.fact.newest": ("newest elements", "jongste baangegevens"),
    "breakup.fact.second": ("passed together with it", "kwam er samen mee langs"),
    "breakup.fact.leaning": ("leaning, not calibrated", "neiging, niet geijkt"),
    "breakup.unknowns": ("What we do not know", "Wat we niet weten"),
    "breakup.unknown.why": (
        "Who did anything, or why: motion does not say.",
        "Wie iets deed, of waarom: de beweging zegt het niet.",
    ),
    "breakup.unknown.drag": (
        "The drag of the {age} between breakup and elements, but to a tenth; the interval allows for that.",
        "De luchtweerstand in de {age} tussen het uiteenvallen en de baangegevens, behalve op een tiende na; "
        "het interval houdt daar rekening mee.",
    ),
    "breakup.unknown.relative": (
        "Objects that nobody catalogued: likelihoods compare those that were given, by motion alone.",
        "Objecten die niemand volgde: gewichten vergelijken wat gegeven was, alleen naar beweging.",
    ),
    "breakup.unknown.kicks": (
        "How {count} of {all} pieces were pushed: their orbits do not pass the place.",
        "Hoe {count} van {all} brokken geduwd zijn: hun banen gaan niet langs de plaats.",
    ),
    "breakup.unknown.longitude": (
        "Over which longitude, if it was not at the instant named: the interval is longer than a turn.",
        "Boven welke lengte, als het niet op dat moment was: het interval duurt meer dan een omloop.",
    ),
    "breakup.unknown.more": (
        "How many pieces there are: more may be tracked later, those under 10 cm hardly ever. NASA's model "
        "puts {times} above 1 cm beside each that is tracked; the highest risk takes three times as many.",
        "Hoeveel brokken er zijn: later worden er meer gevolgd, onder 10 cm vrijwel nooit. Het model van "
        "NASA zet er {times} boven 1 cm naast elk gevolgd brok; het hoogste risico neemt er driemaal zoveel.",
    ),
    "breakup.unknown.strewn": (
        "How uneven the risk is: it is told as if pieces were strewn all round. In the first days they come "
        "back through one place together.",
        "Hoe ongelijk het risico is: het geldt alsof de brokken rondom verspreid zijn. De eerste dagen komen "
        "ze samen langs één plaats.",
    ),
    "breakup.foot": (
        "Made by Baken {version}. Times are UTC. Risks: the ends of a range, as told under what we do not "
        "know. This page states what moved; it judges nobody.",
        "Gemaakt door Baken {version}. Tijden zijn UTC. Risico's: de einden van een bereik, zie wat we niet "
        "weten. Deze bladzijde zegt wat bewoog; zij oordeelt over niemand.",
    ),
    "breakup.alt.gabbard": (
        "Highest and lowest height of each piece against its period",
        "Hoogste en laagste hoogte van elk brok tegen zijn omlooptijd",
    ),
    "breakup.alt.kicks": (
        "Pushes of the pieces along, up and sideways",
        "Duwen van de brokken vooruit, omhoog en opzij",
    ),
    "breakup.alt.pinch": (
        "Median distance of the pieces over time, with the interval",
        "Mediane afstand van de brokken in de tijd, met het interval",
    ),
    "breakup.alt.risk": (
        "Range of expected hits a year by height",
        "Bereik van verwachte inslagen per jaar naar hoogte",
    ),
}
