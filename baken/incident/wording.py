"""What automatic text may not say: who did it, and why.

Facts of motion, signal and effect can be checked; an intent cannot, and a wrong word starts a quarrel
(14512/23, paragraphs 20 and 37).
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from baken.incident._words_of_states import BEGINNINGS

# Words that give a motion or a signal a will.  "Deliberate" is an answer a human gives, not a description.
INTENT = re.compile(
    r"\b("
    r"aggress\w*|agress\w*|hostil\w*|vijandig\w*|malicious\w*|kwaadwillig\w*|kwaadaardig\w*|"
    r"provo[ck]\w*|provoc\w*|intend\w*|intentional\w*|opzettelijk\w*|bedoel\w*|"
    r"attack(?:s|ed|er|ers|ing)?|aanval(?:t|len|ler|lers)?|aangevallen|"
    r"spy|spies|spying|spioneer\w*|spion\w*|"
    r"threaten\w*|bedreig(?:t|en|de|den|end|ende)|weaponi\w*|retaliat\w*|vergeld\w*|"
    r"in order to|teneinde|on purpose|expres"
    r")\b",
    re.IGNORECASE,
)
# Letters of other scripts that look like Latin ones, and those that no accent can be taken from.
_LIKE = "АВЕКМНОРСТУХЅІЈаеорсухѕіјкмнтвΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχıłøđ"
_LATIN = "ABEKMHOPCTYXSIJaeopcyxsijkmhtbABEZHIKMNOPTYXaiknoptuxilod"
_LOOKALIKES = str.maketrans(_LIKE, _LATIN)


def _plain(text: str) -> str:
    """Return a text as it looks: no accents, nothing unseen, one kind of space, Latin where it looks so.

    >>> _plain("Rus\\u200bsia  \\uff21\\u00a0Française")
    'Russia A Francaise'
    """
    letters = unicodedata.normalize("NFKD", text)
    seen = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join(seen.translate(_LOOKALIKES).split())


_BEGINNING = "|".join(sorted({re.escape(_plain(word)) for word in BEGINNINGS}, key=len, reverse=True))
# In capitals, or in small letters, only with the endings of states, so that CHINASAT stays a satellite.
_ENDING = (
    "A|AIN|AKIA|AL|AN|AND|ANI|ANISTAN|ANS|ANY|AY|DESH|E|EN|ES|ESE|I|IA|IAN|IANS|IE|ISCH|ISCHE|ISH|IUM|JAN|"
    "KIA|LAND|N|NE|O|ON|ORE|OURG|RIA|RIAN|RIANS|S|SE|STAN|STANI|US|Y"
)
# What in small letters is a word like any other.
_COMMON = (
    "brits|chad|fins|francs?|germs?|grenade|ivory|jordan|lets|peruse|polish|pools|romans?|swede|turkeys?"
)
STATE = re.compile(
    rf"\b(?:{_BEGINNING})[a-z]*\b"
    rf"|\b(?!(?-i:{_COMMON})\b)(?i:{_BEGINNING})(?i:{_ENDING})?\b"
    r"|\b(?:U\.? ?S\.? ?A\.?|U\. ?S\.|PRC|DPRK|USSR|UK)(?!\w)"
    r"|(?<=\b[Tt]he )US\b|(?<=\b[Dd]e )VS\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A word that may not stand in automatic text, and what to do instead."""

    word: str
    problem: str

    @property
    def text(self) -> str:
        return f"{self.word!r} {self.problem}"


NAMES_A_STATE = "names a state; only a determination, a signed act of a human authority, may say who did it"
SAYS_WHY = "says why something was done; say what moved, what was received, what stopped working"


def objections_to(text: str, names: Collection[str] = ()) -> tuple[Objection, ...]:
    """Return what in a text names a state or gives a reason for an act, in order.

    ``names`` of objects, regions and organisations stand for what they name, whatever they contain, unless
    they are that of a state and nothing else.  A text is read as it looks: letters of another script, or
    something unseen between them, hide nothing.

    >>> [objection.word for objection in objections_to("The Ruritanian, no: the French object attacked it.")]
    ['French', 'attacked']
    >>> objections_to("Object 49263 passed USA 248 at 3.1 km.", names=["USA 248"])
    ()
    """
    text = _plain(text)
    for name in sorted(map(_plain, names), key=len, reverse=True):
        if name and not STATE.fullmatch(name):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "_" * len(name), text)
    found = [(match.start(), Objection(word=match[0], problem=SAYS_WHY)) for match in INTENT.finditer(text)]
    found += [
        (match.start(), Objection(word=match[0], problem=NAMES_A_STATE)) for match in STATE.finditer(text)
    ]
    return tuple(objection for _, objection in sorted(found, key=lambda each: each[0]))
