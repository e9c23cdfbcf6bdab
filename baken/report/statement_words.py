"""The words of draft statements, in English and Dutch."""

STATEMENT_WORDS = {
    "statement.kind.public-statement": ("Public statement", "Publieke verklaring"),
    "statement.kind.notice-to-partners": ("Notice to partners", "Bericht aan partners"),
    "statement.kind.question-to-operator": ("Questions to an operator", "Vragen aan een exploitant"),
    "statement.kind.demarche": ("Diplomatic note", "Diplomatieke nota"),
    "statement.draft": (
        "DRAFT, for {audience}: nobody has approved this",
        "CONCEPT, voor {audience}: niemand heeft dit goedgekeurd",
    ),
    "statement.empty": (
        "Nothing can be said: no sentence is carried by what is released.",
        "Er valt niets te zeggen: geen zin wordt gedragen door wat is vrijgegeven.",
    ),
    "statement.opened": (
        "Since {when} we have been looking into an incident. Its kind, for now: {kind}.",
        "Sinds {when} onderzoeken wij een incident. De soort, voorlopig: {kind}.",
    ),
    "statement.title": ("We call it “{title}”.", "Wij noemen het “{title}”."),
    "statement.severity": ("We hold its severity to be: {value}.", "De ernst is volgens ons: {value}."),
    "statement.stage": ("It stands at: {value}.", "De stand is: {value}."),
    "statement.effect": (
        "What this did to the service, as it stands: {value}.",
        "Wat dit met de dienst deed, naar de stand van nu: {value}.",
    ),
    "statement.segment": ("Where it shows: {value}.", "Waar het zich voordoet: {value}."),
    "statement.determination": (
        "The {organ} of {state} stated on {when}: “{wording}”",
        "{organ} van {state} verklaarde op {when}: “{wording}”",
    ),
    "statement.ask_partners": (
        "Please tell us what you see of this yourselves, and whether we may use it.",
        "Laat ons weten wat u hier zelf van ziet, en of wij dat mogen gebruiken.",
    ),
    "statement.ask_operator": (
        "Please tell us what you see at your own systems and since when (UTC), what you have changed since,"
        " and with whom we may share your answer.",
        "Laat ons weten wat u aan uw eigen systemen ziet en sinds wanneer (UTC), wat u sindsdien hebt"
        " veranderd, en met wie wij uw antwoord mogen delen.",
    ),
    "statement.consult": (
        "With reference to Article IX of the Outer Space Treaty of 1967 we request consultation about what"
        " is set out above.",
        "Onder verwijzing naar artikel IX van het Ruimteverdrag van 1967 verzoeken wij om overleg over het"
        " bovenstaande.",
    ),
    "statement.all_above": ("all of the above", "al het bovenstaande"),
    "statement.left_out": ("Left out (for the drafter only):", "Weggelaten (alleen voor de opsteller):"),
    "statement.why.withheld": (
        "{entries} not released to {audience}",
        "{entries} niet vrijgegeven aan {audience}",
    ),
    "statement.why.unsaid": ("nobody said it yet", "niemand heeft het nog gezegd"),
    "statement.why.wording": (
        "its words name a state or say why something was done",
        "de woorden noemen een staat of zeggen waarom iets is gedaan",
    ),
    "statement.why.not_public": ("{entries} not public", "{entries} niet openbaar"),
    "statement.why.nothing": ("nothing above that it could rest on", "niets erboven waarop het kan rusten"),
    "statement.part.opened": ("what it is and since when", "wat het is en sinds wanneer"),
    "statement.part.title": ("title", "titel"),
    "statement.part.severity": ("severity", "ernst"),
    "statement.part.stage": ("stage", "stadium"),
    "statement.part.effect": ("effect", "gevolg"),
    "statement.part.segment": ("segment", "deel van het systeem"),
    "statement.part.evidence": ("a piece of evidence", "een bewijsstuk"),
    "statement.part.determination": ("a determination", "een vaststelling"),
    "statement.part.ask_partners": ("question to partners", "vraag aan partners"),
    "statement.part.ask_operator": ("question to the operator", "vraag aan de exploitant"),
    "statement.part.consult": ("request for consultation", "verzoek om overleg"),
    "statement.check.demarche": (
        "Whether Article IX applies is for counsel to say; no software can.",
        "Of artikel IX van toepassing is zegt een jurist; software kan dat niet.",
    ),
}
