"""The words of competing explanations, in English and Dutch."""

WEIGHING_WORDS = {
    "weigh.title": ("What may explain {about}", "Wat {about} kan verklaren"),
    "weigh.note": (
        "The least contradicted stands first. What fits an explanation does not prove it. The order is of "
        "evidence, not of likelihood.",
        "Wat het minst wordt tegengesproken staat vooraan. Wat bij een verklaring past, bewijst haar niet. "
        "De volgorde gaat over bewijs, niet over waarschijnlijkheid.",
    ),
    "weigh.explanation": ("explanation", "verklaring"),
    "weigh.against": ("speaks against", "spreekt tegen"),
    "weigh.between": ("between", "tussen"),
    "weigh.pieces": ("pieces against", "stukken tegen"),
    "weigh.unrated": ("not rated", "niet beoordeeld"),
    "weigh.kind": ("needs ill will", "vraagt kwade wil"),
    "weigh.yes": ("yes", "ja"),
    "weigh.no": ("no", "nee"),
    "weigh.evidence": ("evidence", "bewijs"),
    "weigh.grade": ("grade", "weging"),
    "weigh.root": ("root", "bron"),
    "weigh.tells": ("tells apart", "onderscheidt"),
    "weigh.settled": (
        "The first stands first whatever the missing ratings would be.",
        "De eerste blijft de eerste, wat de ontbrekende beoordelingen ook worden.",
    ),
    "weigh.unsettled": (
        "The order is not settled: missing ratings or ungraded sources can change it.",
        "De volgorde ligt niet vast: ontbrekende beoordelingen of ongewogen bronnen kunnen haar veranderen.",
    ),
    "weigh.carrier": (
        "Without {pieces} the first would be: {first}.",
        "Zonder {pieces} zou de eerste zijn: {first}.",
    ),
    "weigh.no_carrier": (
        "No single source carries the order.",
        "Geen enkele bron draagt de volgorde alleen.",
    ),
    "weigh.circular": (
        "One voice, counted once: {pieces} share a root.",
        "Eén stem, één keer geteld: {pieces} hebben dezelfde bron.",
    ),
    "weigh.estimate": (
        "{by} judges “{explanation}” {likelihood} ({low}–{high} %), confidence {confidence}: {because}",
        "{by} acht “{explanation}” {likelihood} ({low}–{high} %), vertrouwen {confidence}: {because}",
    ),
    "weigh.gap": ("Missing: {text} ({by})", "Ontbreekt: {text} ({by})"),
    "weigh.dissent": ("Dissent of {by}: {text}", "Afwijkend oordeel van {by}: {text}"),
    "weigh.withheld": (
        "{count} pieces of evidence are withheld from you; this order is made without them.",
        "{count} bewijsstukken worden voor u achtergehouden; deze volgorde is zonder die stukken gemaakt.",
    ),
    "hypothesis.equipment": ("Equipment failed", "Apparatuur faalde"),
    "hypothesis.space-weather": ("Space weather", "Ruimteweer"),
    "hypothesis.accident": ("An accident of operation", "Een ongeluk bij de bediening"),
    "hypothesis.debris": ("Debris or a meteoroid", "Ruimteafval of een meteoroïde"),
    "hypothesis.our-error": (
        "An error of ours, in data or analysis",
        "Een fout van onszelf, in gegevens of analyse",
    ),
    "hypothesis.deliberate": ("A deliberate act", "Een opzettelijke daad"),
    "likelihood.almost-no-chance": ("almost no chance", "vrijwel uitgesloten"),
    "likelihood.very-unlikely": ("very unlikely", "zeer onwaarschijnlijk"),
    "likelihood.unlikely": ("unlikely", "onwaarschijnlijk"),
    "likelihood.roughly-even-chance": ("roughly even chance", "ongeveer even waarschijnlijk als niet"),
    "likelihood.likely": ("likely", "waarschijnlijk"),
    "likelihood.very-likely": ("very likely", "zeer waarschijnlijk"),
    "likelihood.almost-certain": ("almost certain", "vrijwel zeker"),
    "confidence.low": ("low", "laag"),
    "confidence.moderate": ("moderate", "matig"),
    "confidence.high": ("high", "hoog"),
}
