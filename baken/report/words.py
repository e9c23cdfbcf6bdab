"""The words of what people read, in English and Dutch."""

from collections.abc import Callable

LANGUAGES = ("en", "nl")

WORDS = {
    "brief": ("Brief", "Overzicht"),
    "realm.REAL": ("REAL", "WERKELIJK"),
    "realm.SIMULATED": (
        "SIMULATED: an invented sky, none of this happens",
        "GESIMULEERD: een verzonnen hemel, niets hiervan gebeurt",
    ),
    "realm.EXERCISE": ("EXERCISE EXERCISE EXERCISE", "OEFENING OEFENING OEFENING"),
    "realm.TEST": ("TEST: not to be acted upon", "TEST: niet op handelen"),
    "sky": ("Sky", "Hemel"),
    "objects": ("objects", "objecten"),
    "age": ("Age of elements", "Leeftijd van de baangegevens"),
    "age.line": (
        "median {median}, nine in ten under {ninetieth}, oldest {oldest}; {weeks:,} older than a week",
        "mediaan {median}, negen van de tien onder {ninetieth}, oudste {oldest}; {weeks:,} ouder dan een week",
    ),
    "window": ("Window", "Venster"),
    "rejected": ("Not taken", "Niet opgenomen"),
    "rejected.line": (
        "{rejected:,} records rejected, {left_out:,} objects without a theory that can be moved",
        "{rejected:,} regels geweigerd, {left_out:,} objecten zonder bruikbare baantheorie",
    ),
    "attention": ("What needs attention first", "Wat eerst aandacht vraagt"),
    "attention.none": ("Nothing in this window needs attention.", "Niets in dit venster vraagt aandacht."),
    "attention.more": ("and {count:,} more: baken event list", "en nog {count:,}: baken event list"),
    "event": ("event", "gebeurtenis"),
    "tca": ("closest approach (UTC)", "dichtste nadering (UTC)"),
    "countdown": ("from now", "vanaf nu"),
    "who": ("objects, age of elements at approach", "objecten, leeftijd baangegevens bij nadering"),
    "miss": ("miss", "afstand"),
    "speed": ("speed", "snelheid"),
    "ceiling": ("Pc ceiling", "Pc hoogstens"),
    "probability": ("Pc estimated", "Pc geschat"),
    "why": ("why it is shown", "waarom het hier staat"),
    "put_aside": ("What was looked through and put aside", "Wat is doorzocht en terzijde gelegd"),
    "seen": ("{seen:,} approaches under the threshold", "{seen:,} naderingen onder de drempel"),
    "lost": ("objects lost on the way", "onderweg verloren objecten"),
    "took": ("Took", "Duurde"),
    "assumptions": ("Assumed", "Aangenomen"),
    "days": ("days", "dagen"),
    "may_see": ("May be seen by", "Mag gezien worden door"),
}


def speak(language: str) -> Callable[[str], str]:
    """Return a function that gives each phrase in one language.

    >>> speak("nl")("brief")
    'Overzicht'
    """
    place = LANGUAGES.index(language)

    def phrase(name: str) -> str:
        return WORDS[name][place]

    return phrase
