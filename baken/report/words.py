"""The words of what people read, in English and Dutch."""

from dataclasses import dataclass

from baken.report.after_action_words import AFTER_ACTION_WORDS
from baken.report.breakup_words import BREAKUP_WORDS
from baken.report.case_words import CASE_WORDS
from baken.report.contribution_words import CONTRIBUTION_WORDS
from baken.report.form_words import FORM_WORDS
from baken.report.incident_words import INCIDENT_WORDS
from baken.report.measure_words import MEASURE_WORDS
from baken.report.page_words import PAGE_WORDS
from baken.report.partner_words import PARTNER_WORDS
from baken.report.reduction_words import REDUCTION_WORDS
from baken.report.reentry_assumptions import ASSUMED
from baken.report.reentry_words import REENTRY_WORDS
from baken.report.release_words import RELEASE_WORDS
from baken.report.response_words import RESPONSE_WORDS
from baken.report.sign_in_words import SIGN_IN_WORDS
from baken.report.statement_words import STATEMENT_WORDS
from baken.report.urgency_words import URGENCY_WORDS
from baken.report.weighing_words import WEIGHING_WORDS

LANGUAGES = ("en", "nl")
# A comma is a decimal sign in Dutch and a full stop is one in English; a narrow space is neither.
GROUPED_BY = {"en": ",", "nl": "\N{NARROW NO-BREAK SPACE}"}

WORDS = {
    "brief": ("Brief", "Overzicht"),
    "realm.REAL": ("REAL", "WERKELIJK"),
    "realm.SIMULATED": (
        "SIMULATED: an invented sky, none of this happens",
        "GESIMULEERD: een verzonnen hemel, niets hiervan gebeurt",
    ),
    "realm.EXERCISE": ("EXERCISE EXERCISE EXERCISE", "OEFENING OEFENING OEFENING"),
    "realm.TEST": ("TEST: not to be acted upon", "TEST: niet op handelen"),
    "standing.DEFINITIVE": ("DEFINITIVE plan", "DEFINITIEF plan"),
    "standing.HYPOTHETICAL": (
        "HYPOTHETICAL: a what-if, for its owner alone",
        "HYPOTHETISCH (HYPOTHETICAL): een wat-als, alleen voor de eigenaar",
    ),
    "console.open": (
        "The console is open at {address}; Ctrl C closes it",
        "De console staat open op {address}; Ctrl C sluit haar",
    ),
    "sky": ("Sky", "Hemel"),
    "sky.files": ("{names}", "{names}"),
    "sky.stored": ("the stored catalogue", "de bewaarde catalogus"),
    "sky.simulated": ("simulated sky, seed {seed}", "gesimuleerde hemel, beginwaarde {seed}"),
    "objects": ("objects", "objecten"),
    "age": ("Age of elements", "Leeftijd van de baangegevens"),
    "age.line": (
        "median {median}, nine in ten under {ninetieth}, oldest {oldest}; {weeks} older than a week",
        "mediaan {median}, negen op tien onder {ninetieth}, oudste {oldest}; {weeks} ouder dan een week",
    ),
    "window": ("Window", "Venster"),
    "remark.old_catalogue": (
        "this catalogue is {days} days away from today; the watch begins at its own date instead",
        "deze catalogus is {days} dagen van vandaag verwijderd; de wacht begint daarom op zijn eigen datum",
    ),
    "remark.taken_back": (
        "orbits left out, since their originators took them back or their time is over: {count}",
        "weggelaten banen, omdat wie ze gaf ze terugriep of omdat hun tijd om is: {count}",
    ),
    "rejected": ("Not taken", "Niet opgenomen"),
    "rejected.line": (
        "records rejected: {rejected}; objects whose theory cannot be moved: {left_out}",
        "regels geweigerd: {rejected}; objecten zonder bruikbare baantheorie: {left_out}",
    ),
    "attention": ("What needs attention first", "Wat eerst aandacht vraagt"),
    "attention.none": ("Nothing in this window needs attention.", "Niets in dit venster vraagt aandacht."),
    "attention.more": (
        "and {count} more: baken event list{option}",
        "en nog {count}: baken event list{option}",
    ),
    "event": ("event", "gebeurtenis"),
    "who": ("objects\n(age of their elements then)", "objecten\n(leeftijd van hun baangegevens dan)"),
    "miss": ("miss\nspeed", "afstand\nsnelheid"),
    "probability": ("Pc estimated\nPc ceiling", "Pc geschat\nPc plafond"),
    "why": ("why", "waarom"),
    "who_and_why": (
        "objects (age of their elements then)\nwhy",
        "objecten (leeftijd van hun baangegevens dan)\nwaarom",
    ),
    "put_aside": ("What was looked through and put aside", "Wat is doorzocht en terzijde gelegd"),
    "tca.column": ("closest approach UTC", "dichtste nadering UTC"),
    "nearest": ("The {count} nearest", "De {count} dichtste naderingen"),
    "company.rows": (
        "Of pairs that fly in company, not shown here: {count}; -o FILE writes all",
        "Van paren die samen vliegen, hier niet getoond: {count}; -o FILE schrijft alles",
    ),
    "screened": ("{objects} objects of {sky}", "{objects} objecten van {sky}"),
    "found": ("Approaches under {threshold}: {approaches}", "Naderingen onder {threshold}: {approaches}"),
    "lost": ("objects lost on the way", "onderweg verloren objecten"),
    "lost.more": ("and {count} more stretches: --json lists them", "en nog {count} keer: zie --json"),
    "took": ("Took", "Duurde"),
    "assumptions": ("Assumed", "Aangenomen"),
    "company": (
        "Pairs that fly in company (docked, in formation, lately parted), kept as events too: {count}",
        "Paren die samen vliegen (gekoppeld, in formatie, pas gescheiden), ook bewaard: {count}",
    ),
    "account.far_from_primaries": (
        "objects that cannot come near a primary, each slice",
        "objecten die geen hoofdobject kunnen naderen, per tijdvak",
    ),
    "account.pair_windows": ("pairs of objects times windows of time", "objectparen maal tijdvensters"),
    "account.apart_in_height": ("apart in height", "verschillend in hoogte"),
    "account.apart_in_direction": ("apart in direction", "verschillend in richting"),
    "account.apart_on_a_line": ("passing too far on a line", "in rechte lijn te ver langs elkaar"),
    "account.not_asked_for": ("not with a primary that was asked for", "zonder gevraagd hoofdobject"),
    "account.candidates": ("looked at with their trajectories", "bekeken met hun banen"),
    "account.without_minimum": ("without a closest approach there", "daar zonder dichtste nadering"),
    "account.too_far": ("closest approach too far", "dichtste nadering te ver"),
    "account.looked_at_closely": (
        "of these in doubt, looked at more closely",
        "daarvan in twijfel, nader bekeken",
    ),
    "account.approaches": ("approaches", "naderingen"),
    "may_see": ("May be seen by", "Mag gezien worden door"),
    "owner only": ("its owner only", "alleen de eigenaar"),
    "region.robust": ("robust", "robuust"),
    "region.diluted": ("diluted", "verdund"),
    "region.undetermined": ("undetermined", "onbepaald"),
    "unknown": ("unknown", "onbekend"),
    "took.read": ("read", "lezen"),
    "took.assess": ("assess", "beoordelen"),
    "took.keep": ("keep", "bewaren"),
    **PAGE_WORDS,
    **PARTNER_WORDS,
    **CASE_WORDS,
    **URGENCY_WORDS,
    **REDUCTION_WORDS,
    **REENTRY_WORDS,
    **RESPONSE_WORDS,
    **RELEASE_WORDS,
    **AFTER_ACTION_WORDS,
    **WEIGHING_WORDS,
    **INCIDENT_WORDS,
    **CONTRIBUTION_WORDS,
    **FORM_WORDS,
    **MEASURE_WORDS,
    **SIGN_IN_WORDS,
    **STATEMENT_WORDS,
    **ASSUMED,
    **BREAKUP_WORDS,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be told in whatever language is spoken: its name, and the figures that stand in it."""

    name: str
    figures: tuple[tuple[str, int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """One language, spoken."""

    language: str

    def __call__(self, name: str, **figures: int | str) -> str:
        """Return a phrase with its figures; a name nobody translated, as plain words.

        >>> Speech("nl")("attention.more", count=12_500, option="")
        'en nog 12\u202f500: baken event list'
        """
        if name not in WORDS:
            return name.rpartition(".")[2].replace("_", " ")
        said = {key: self.count(value) if isinstance(value, int) else value for key, value in figures.items()}
        return WORDS[name][LANGUAGES.index(self.language)].format(**said)

    def knows(self, name: str) -> bool:
        """Say whether somebody translated a phrase."""
        return name in WORDS

    def tell(self, phrase: Phrase) -> str:
        """Return a phrase that was made elsewhere.

        >>> Speech("en").tell(Phrase("remark.old_catalogue", (("days", 1_200),)))[:33]
        'this catalogue is 1,200 days away'
        """
        return self(phrase.name, **dict(phrase.figures))

    def count(self, number: int) -> str:
        """Return a number of things, its thousands set apart as the language does."""
        return f"{number:,}".replace(",", GROUPED_BY[self.language])
