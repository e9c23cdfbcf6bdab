"""A letter as it leaves the house: to whom, in which words, of which world, under which label.

``write_letter`` is the one place where a drill is called a drill and a text gets its label.
"""

import re
import unicodedata
from dataclasses import dataclass

from baken.records.marking import OWNER_ONLY_TEXT, Marking, Realm

# Safe as the name of a file, as a word in a header, and as the left side of a Message-ID (RFC 5322, 3.6.4).
KEY = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
LONGEST_KEY = 64

# A name said over the telephone must not pass a drill for the truth, nor must a line in a mailbox.
DRILLS = {
    "en": {Realm.EXERCISE: "EXERCISE", Realm.SIMULATED: "SIMULATED", Realm.TEST: "TEST"},
    "nl": {Realm.EXERCISE: "OEFENING", Realm.SIMULATED: "GESIMULEERD", Realm.TEST: "TEST"},
}
LABELS = {
    "en": ("REAL", "who may see this", OWNER_ONLY_TEXT),
    "nl": ("WERKELIJK", "wie dit mag zien", "alleen de eigenaar"),
}
# Control signs, invisible signs that turn text around, half characters, and what ends a line.
NOT_IN_A_HEADER = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
NOT_IN_A_BODY = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one address, with the words that are really sent.  ``write_letter`` makes one.

    ``key`` tells this letter from every other: sent twice it is the same letter, and the receiver can see it.
    ``sender`` is who speaks, as the receiver reads it; ``to`` is an address of the way it goes.

    Raises: ValueError when something is empty, breaks a line where none may break, or when subject and body
    do not say of which world they are.
    """

    key: str
    sender: str
    to: str
    subject: str
    body: str
    realm: Realm
    marking: Marking
    language: str
    at_tai_ns: int

    def __post_init__(self) -> None:
        if len(self.key) > LONGEST_KEY or not KEY.fullmatch(self.key):
            raise ValueError(
                f"a letter's key has at most {LONGEST_KEY} letters, figures, - and _, with single stops"
                f" between; not {self.key!r}"
            )
        _refuse_language(self.language)
        for name, text in (("sender", self.sender), ("to", self.to), ("subject", self.subject)):
            _refuse_unfit_header(name, text)
        _refuse_signs("body", self.body.replace("\n", " ").replace("\t", " "), NOT_IN_A_BODY)
        _refuse_signs("label", self.marking.text, NOT_IN_A_HEADER)
        if not self.subject.startswith(drill_call(self.realm, self.language)) or (
            self.realm is Realm.REAL and _sounds_like_a_drill(self.subject)
        ):
            raise ValueError(f"a subject of the world {self.realm} cannot read {self.subject!r}")
        if not self.body.endswith("\n" + closing_line(self.realm, self.marking, self.language) + "\n"):
            raise ValueError("a letter ends with the line of its world and label; write_letter puts it there")


def write_letter(
    *,
    key: str,
    sender: str,
    to: str,
    subject: str,
    text: str,
    realm: Realm,
    marking: Marking,
    language: str,
    at_tai_ns: int,
) -> Letter:
    """Return a draft as a letter: called a drill in its subject when it is one, closed with world and label.

    Raises: ValueError as ``Letter`` does.

    >>> letter = write_letter(key="NL-IN26-0001.warn.1", sender="Baken NL", to="desk@example.org",
    ...     subject="Please acknowledge", text="A fragment comes down.", realm=Realm.EXERCISE,
    ...     marking=Marking(owner="NL", releasable_to=frozenset({"NL", "EU"})), language="en", at_tai_ns=0)
    >>> letter.subject
    'EXERCISE EXERCISE EXERCISE: Please acknowledge'
    >>> letter.body.splitlines()
    ['A fragment comes down.', '', '[EXERCISE | who may see this: NL: EU, NL]']
    """
    _refuse_language(language)
    if not text.strip() or not subject.strip():
        raise ValueError("a letter has a subject and a text; one of them is empty")
    return Letter(
        key=key,
        sender=sender,
        to=to,
        subject=drill_call(realm, language) + subject,
        body=f"{text.rstrip()}\n\n{closing_line(realm, marking, language)}\n",
        realm=realm,
        marking=marking,
        language=language,
        at_tai_ns=at_tai_ns,
    )


def drill_call(realm: Realm, language: str) -> str:
    """Return how a subject begins in a world that is not the real one; nothing in the real one.

    >>> drill_call(Realm.EXERCISE, "nl")
    'OEFENING OEFENING OEFENING: '
    """
    word = DRILLS[language].get(realm)
    return f"{word} {word} {word}: " if word else ""


def closing_line(realm: Realm, marking: Marking, language: str) -> str:
    """Return the last line of every letter: its world, and who may see it.

    >>> closing_line(Realm.REAL, Marking(owner="NL"), "nl")
    '[WERKELIJK | wie dit mag zien: NL: alleen de eigenaar]'
    """
    real, may_see, owner_only = LABELS[language]
    audience = marking.whole.text.replace(OWNER_ONLY_TEXT, owner_only, 1)
    return f"[{DRILLS[language].get(realm, real)} | {may_see}: {audience}]"


def _refuse_language(language: str) -> None:
    if language not in DRILLS:
        raise ValueError(f"a letter is written in {' or '.join(DRILLS)}; not in {language!r}")


def _sounds_like_a_drill(subject: str) -> bool:
    begins = subject.upper()
    return any(begins.startswith(f"{word} {word}") for words in DRILLS.values() for word in words.values())


def _refuse_unfit_header(name: str, text: str) -> None:
    _refuse_signs(name, text, NOT_IN_A_HEADER)
    # A mail program would show something else than what stands there (RFC 2047).
    if "=?" in text:
        raise ValueError(f"the {name} of a letter cannot hold the signs =? together: {text!r}")
    if text != text.strip() or "  " in text:
        raise ValueError(f"the {name} of a letter has single spaces, between words only: {text!r}")


def _refuse_signs(name: str, text: str, unwanted: frozenset[str]) -> None:
    if not text.strip():
        raise ValueError(f"the {name} of a letter is empty")
    if signs := {sign for sign in text if unicodedata.category(sign) in unwanted}:
        raise ValueError(
            f"the {name} of a letter cannot hold {', '.join(sorted(map(repr, signs)))}: {text!r}"
        )
