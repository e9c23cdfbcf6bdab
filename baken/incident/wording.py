"""What automatic text may not say: who did it, and why.

Facts of motion, signal and effect can be checked; an intent cannot, and a wrong word starts a quarrel
(14512/23, paragraphs 20 and 37).
"""

import re
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
_BEGINNING = "|".join(sorted(map(re.escape, BEGINNINGS), key=len, reverse=True))
# In capitals only with the endings of states, so that CHINASAT stays a satellite.
_ENDING = "A|AN|ANS|E|EN|ESE|IA|IAN|IE|IË|ISCH|ISCHE|ISH|LAND|N|S|SE|Y"
STATE = re.compile(
    rf"\b(?:{_BEGINNING})[a-zà-ÿ]*\b"
    rf"|\b(?:{_BEGINNING.upper()})(?:{_ENDING})?\b"
    r"|\b(?:U\.?S\.?A\.?|U\.S\.|PRC|DPRK|USSR|UK)(?!\w)"
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

    ``names`` of objects, regions and organisations stand for what they name, whatever they contain.

    >>> [objection.word for objection in objections_to("The Ruritanian, no: the French object attacked it.")]
    ['French', 'attacked']
    >>> objections_to("Object 49263 passed USA 248 at 3.1 km.", names=["USA 248"])
    ()
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "_" * len(name))
    found = [(match.start(), Objection(word=match[0], problem=SAYS_WHY)) for match in INTENT.finditer(text)]
    found += [
        (match.start(), Objection(word=match[0], problem=NAMES_A_STATE)) for match in STATE.finditer(text)
    ]
    return tuple(objection for _, objection in sorted(found, key=lambda each: each[0]))
