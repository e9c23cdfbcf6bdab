"""The words of what is made of a re-entry, in English and Dutch."""

REENTRY_WORDS = {
    "reentry.title": ("Re-entry of {what}", "Terugkeer van {what}"),
    "reentry.first": ("First message on this object", "Eerste bericht over dit object"),
    "reentry.update": (
        "Message {number} on this object; it takes the place of that of {sent}",
        "Bericht {number} over dit object; het vervangt dat van {sent}",
    ),
    "reentry.fact.moved": ("median since {time}", "mediaan sinds {time}"),
    "reentry.fact.width": ("window", "venster"),
    "reentry.moved.later": ("{time} later", "{time} later"),
    "reentry.moved.earlier": ("{time} earlier", "{time} vroeger"),
    "reentry.withdrawn": ("Withdrawn: re-entry of {what}", "Ingetrokken: terugkeer van {what}"),
    "reentry.withdrawn.body": (
        "What was told of the re-entry of {what} no longer holds. {because}",
        "Wat over de terugkeer van {what} is bericht geldt niet meer. {because}",
    ),
    "reentry.withdrawn.act": (
        "Nothing more needs to be kept ready for it.",
        "Er hoeft niets meer voor gereed te staan.",
    ),
    "reentry.withdrawn.area": (
        "Wherever the earlier messages went",
        "Overal waar de eerdere berichten golden",
    ),
    "reentry.sentence": (
        "{what} is expected to come down uncontrolled around {median}, with {share} % certainty "
        "between {start} and {end}. {places}{clear} {next}",
        "{what} komt naar verwachting ongecontroleerd naar beneden rond {median}, met {share} % "
        "zekerheid tussen {start} en {end}. {places}{clear} {next}",
    ),
    "reentry.over": (
        "The chance that any of it comes down in {region} is {chance}: {action}.",
        "De kans dat er iets van neerkomt in {region} is {chance}: {action}.",
    ),
    "reentry.no_region": (
        "For which countries was not asked, so of their chance nothing is known here.",
        "Naar landen is niet gevraagd; over hun kans is hier niets bekend.",
    ),
    "reentry.beyond": (
        "None of it can come down in {region}, which lies beyond its orbit: no action is needed there.",
        "In {region} kan er niets van neerkomen, want dat ligt buiten zijn baan: daar is geen actie nodig.",
    ),
    "reentry.act.clear": ("no action is needed there", "daar is geen actie nodig"),
    "reentry.act.no_longer": (
        "it was more before, and those who waited can stand down",
        "dat was eerder meer, en wie gereedstond kan zich terugtrekken",
    ),
    "reentry.act.until": (
        "follow the updates; as known now clear from {time}",
        "volg de berichten; naar wat nu bekend is veilig vanaf {time}",
    ),
    "reentry.act.ready": (
        "keep aviation and crisis staff ready; as known now clear from {time}",
        "houd luchtvaart en crisisstaf gereed; naar wat nu bekend is veilig vanaf {time}",
    ),
    "reentry.act.early": (
        "follow the updates; it is too early to say when all is clear",
        "volg de berichten; het is te vroeg om te zeggen wanneer alles veilig is",
    ),
    "reentry.clear_means": (
        " Clear means that less than {threshold} is left.",
        " Veilig wil zeggen dat er minder dan {threshold} rest.",
    ),
    "reentry.next": ("Next update: {time}.", "Volgend bericht: {time}."),
    "reentry.no_next": (
        "When the next update comes is not known.",
        "Wanneer het volgende bericht komt is niet bekend.",
    ),
    "reentry.one_in": ("1 in {count} ({percent} %)", "1 op {count} ({percent} %)"),
    "reentry.odds": ("1 in {count}", "1 op {count}"),
    "reentry.percent": ("{percent} %", "{percent} %"),
    "reentry.below": ("less than 1 in {count}", "minder dan 1 op {count}"),
    "reentry.region.NLD": ("the Netherlands", "Nederland"),
    "reentry.head": ("Baken · {what} · as of {now}", "Baken · {what} · stand {now}"),
    "reentry.foot": (
        "Made by Baken {version}. Times are UTC. This page states a risk; what is done "
        "about it is decided elsewhere.",
        "Gemaakt door Baken {version}. Tijden zijn UTC. Deze bladzijde noemt een risico; wat eraan gedaan "
        "wordt, wordt elders besloten.",
    ),
    "reentry.map": (
        "Where: track near the median (line), {members} equally likely re-entries (dots), asked for (green)",
        "Waar: grondspoor rond de mediaan (lijn), {members} mogelijke terugkeren (stippen), gevraagd (groen)",
    ),
    "reentry.bar": (
        "When (UTC): window ({share} %), median (mark) and what was said before (grey)",
        "Wanneer (UTC): venster ({share} %), mediaan (streep) en eerdere voorspellingen (grijs)",
    ),
    "reentry.bar.now": ("this one", "deze"),
    "reentry.harm": (
        "Expected casualties, on a scale of powers of ten",
        "Verwachte slachtoffers, op een schaal van machten van tien",
    ),
    "reentry.limit": ("1 in 10,000", "1 op 10\u202f000"),
    "reentry.regions": ("For whom", "Voor wie"),
    "reentry.column.region": ("region", "gebied"),
    "reentry.column.over": ("passes over", "boven"),
    "reentry.column.touched": ("any of it falls", "er valt iets"),
    "reentry.column.when": ("if so, between", "zo ja, tussen"),
    "reentry.column.clear": ("clear from", "veilig vanaf"),
    "reentry.clear_now": ("now", "nu"),
    "reentry.no_longer": (
        "now; it waited before",
        "nu; wachtte eerder",
    ),
    "reentry.out_of_reach": ("cannot be reached", "onbereikbaar"),
    "reentry.not_yet": ("too early to say", "nog niet te zeggen"),
    "reentry.more": (
        "{more} more regions are not clear yet; clear with less than {threshold} left: {count} of {all}; "
        "these lie beyond the orbit: {beyond}.",
        "Nog {more} gebieden zijn niet veilig; veilig, met minder dan {threshold} over: {count} van {all}; "
        "buiten de baan liggen er {beyond}.",
    ),
    "reentry.released": (
        "Clear since the last message: {names}.",
        "Veilig geworden sinds het vorige bericht: {names}.",
    ),
    "reentry.no_regions": (
        "No file of regions was named, so nothing is known of any.",
        "Er is geen bestand met gebieden genoemd; over geen ervan is iets bekend.",
    ),
    "reentry.people": ("Expected casualties", "Verwachte slachtoffers"),
    "reentry.expectation": (
        "{low} to {high}",
        "{low} tot {high}",
    ),
    "reentry.verdict.above": (
        "above 1 in 10,000 even at its lowest",
        "boven 1 op 10\u202f000, ook op zijn laagst",
    ),
    "reentry.verdict.across": (
        "may lie on either side of 1 in 10,000",
        "kan aan beide kanten van 1 op 10\u202f000 liggen",
    ),
    "reentry.verdict.below": (
        "below 1 in 10,000 even at its highest",
        "onder 1 op 10\u202f000, ook op zijn hoogst",
    ),
    "reentry.no_casualties": (
        "Not known: give the mass of the object (--mass) and a grid of people (--population).",
        "Niet bekend: geef de massa van het object (--mass) en een raster van inwoners (--population).",
    ),
    "reentry.facts": ("What it rests on", "Waar dit op steunt"),
    "reentry.fact.age": ("newest elements", "jongste baangegevens"),
    "reentry.fact.old": ("{time} old", "{time} oud"),
    "reentry.fact.sets": ("element sets used", "gebruikte baangegevens"),
    "reentry.fact.of": ("{used} of {all}", "{used} van {all}"),
    "reentry.fact.mass": ("mass", "massa"),
    "reentry.fact.inclination": ("highest latitude", "hoogste breedte"),
    "reentry.fact.members": ("equally likely ways", "even waarschijnlijke wegen"),
    "reentry.fact.up": (
        "of these still up at the end",
        "nog boven aan het eind",
    ),
    "reentry.fact.boxes": ("boxes of air of 5 min", "luchtblokken van 5 min"),
    "reentry.no_boxes": (
        "none: the window is too wide",
        "geen: het venster is te breed",
    ),
    "reentry.assumptions": ("Assumptions", "Aannamen"),
    "reentry.assume.footfall": (
        "Fragments come down to {reach} km ahead of the re-entry and {width} km to either side, "
        "within {fall} min: wide figures of ours (with the 800 km of UARS chances are some 0.6 of these).",
        "Fragmenten komen neer tot {reach} km voorbij de terugkeer en {width} km opzij, binnen "
        "{fall} min: ruime getallen van onszelf (met de 800 km van UARS zijn kansen zo'n 0,6 maal deze).",
    ),
    "reentry.assume.threshold": (
        "A region is clear when, with 95 % certainty, less than {threshold} is left. {members} "
        "equally likely ways cannot speak of a chance under {least}. Beyond the orbit is a degree "
        "past its inclination.",
        "Een gebied is veilig als er, met 95 % zekerheid, minder dan {threshold} rest. {members} "
        "even waarschijnlijke wegen zeggen niets over kansen onder {least}. Buiten de baan is een "
        "graad voorbij zijn inclinatie.",
    ),
    "reentry.assume.times": (
        "Times of a region leave out {share} % at either end.",
        "Tijden van een gebied laten aan elk eind {share} % weg.",
    ),
    "reentry.assume.survival": (
        "10 % of the mass comes down in pieces of 100 kg, or 40 % in pieces of 20 kg, of 0.5 m² "
        "each: {low} to {high} m² in which a person is hit. Nobody is sheltered; people stand where "
        "they live.",
        "10 % van de massa komt neer in stukken van 100 kg, of 40 % in stukken van 20 kg, elk 0,5 "
        "m²: {low} tot {high} m² waarin iemand geraakt wordt. Niemand schuilt; ieder is waar hij "
        "woont.",
    ),
    "reentry.alt.map": (
        "World map with ground track and places of re-entry",
        "Wereldkaart met grondspoor en plaatsen van terugkeer",
    ),
    "reentry.alt.bar": (
        "Windows of this prediction and earlier ones",
        "Vensters van deze en eerdere voorspellingen",
    ),
    "reentry.alt.harm": (
        "Range of expected casualties beside the line of 1 in 10,000",
        "Bereik van verwachte slachtoffers naast de lijn van 1 op 10\u202f000",
    ),
    "reentry.feature.track": ("Ground track", "Grondspoor"),
    "reentry.feature.window": ("Swath of the window", "Strook van het venster"),
    "reentry.feature.entry": ("Equally likely re-entries", "Even waarschijnlijke terugkeren"),
    "reentry.feature.box": ("Box of air", "Luchtblok"),
    "reentry.event": ("Uncontrolled re-entry", "Ongecontroleerde terugkeer"),
    "reentry.entry.window": ("Re-entry window of {what}", "Terugkeervenster van {what}"),
    "reentry.entry.wait": ("{region} waits for {what}", "{region} wacht op {what}"),
    "reentry.instruction": (
        "Touch nothing that fell from the sky; keep away and call the emergency number.",
        "Raak niets aan dat uit de lucht is gevallen; houd afstand en bel het alarmnummer.",
    ),
    "reentry.area": ("The Earth between {south} and {north}", "De aarde tussen {south} en {north}"),
}
