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
        "mediaan {median}, negen op tien onder {ninetieth}, oudste {oldest}; {weeks:,} ouder dan een week",
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
    "tca": ("closest approach UTC, from now", "dichtste nadering UTC, vanaf nu"),
    "who": ("objects, age of their elements then", "objecten, leeftijd baangegevens dan"),
    "miss": ("miss, speed", "afstand, snelheid"),
    "probability": ("Pc estimated, ceiling", "Pc geschat, hoogstens"),
    "why": ("why", "waarom"),
    "put_aside": ("What was looked through and put aside", "Wat is doorzocht en terzijde gelegd"),
    "seen": ("{seen:,} approaches under the threshold", "{seen:,} naderingen onder de drempel"),
    "lost": ("objects lost on the way", "onderweg verloren objecten"),
    "took": ("Took", "Duurde"),
    "assumptions": ("Assumed", "Aangenomen"),
    "company": (
        "{count:,} pairs fly in company (docked, in formation, lately parted); they are kept as events too",
        "{count:,} paren vliegen samen (gekoppeld, in formatie, pas gescheiden); ook zij zijn bewaard",
    ),
    "account.pair_windows": ("pairs of objects times windows of time", "objectparen maal tijdvensters"),
    "account.apart_in_height": ("apart in height", "verschillend in hoogte"),
    "account.apart_in_direction": ("apart in direction", "verschillend in richting"),
    "account.apart_on_a_line": ("passing too far on a line", "rakelings te ver langs"),
    "account.not_asked_for": ("not with a primary that was asked for", "zonder gevraagd hoofdobject"),
    "account.candidates": ("looked at with their trajectories", "bekeken met hun banen"),
    "account.without_minimum": ("without a closest approach there", "daar zonder dichtste nadering"),
    "account.too_far": ("closest approach too far", "dichtste nadering te ver"),
    "account.looked_at_closely": ("looked at with SGP4 itself", "bekeken met SGP4 zelf"),
    "account.approaches": ("approaches", "naderingen"),
    "may_see": ("May be seen by", "Mag gezien worden door"),
}


def speak(language: str) -> Callable[[str], str]:
    """Return a function that gives each phrase in one language; a name it does not know, as plain words.

    >>> speak("nl")("brief")
    'Overzicht'
    """
    place = LANGUAGES.index(language)

    def phrase(name: str) -> str:
        return WORDS[name][place] if name in WORDS else name.rpartition(".")[2].replace("_", " ")

    return phrase
