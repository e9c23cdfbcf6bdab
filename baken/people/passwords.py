"""Passwords: how they are kept, and which are too easily guessed to be taken.

Source: RFC 9106 (Argon2); OWASP Password Storage and NIST SP 800-63B-4: length, no rules of composition,
none that everybody tries first.
"""

import hmac
import unicodedata
from collections.abc import Callable, Collection

from argon2.low_level import Type, hash_secret_raw

from baken.errors import WrongUsage
from baken.people.weak_words import RUN, WEAK_RUNS, WEAK_WORDS
from baken.records.sign_in import HashCost, PasswordHash

OWASP = HashCost(passes=2, memory_kib=19_456, lanes=1)
SALT_BYTES, DIGEST_BYTES = 16, 32
SHORTEST, LONGEST = 12, 128
FEWEST_DIFFERENT = 5
# What is left of a password without the words everybody tries.
FEWEST_OF_HIS_OWN = 4
_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")


def hashed(password: str, luck: Callable[[int], bytes], cost: HashCost) -> PasswordHash:
    """Return what is kept in the place of a password."""
    salt = luck(SALT_BYTES)
    return PasswordHash(cost=cost, salt=salt, digest=_digest(password, salt, cost))


def is_it(password: str, kept: PasswordHash) -> bool:
    """Say whether this is the password; a wrong one takes as long as the right one."""
    return hmac.compare_digest(_digest(password, kept.salt, kept.cost), kept.digest)


def nobodys(cost: HashCost) -> PasswordHash:
    """Return a hash that no password has, to take as long over a name that nobody has."""
    return PasswordHash(cost=cost, salt=bytes(SALT_BYTES), digest=bytes(DIGEST_BYTES))


def refuse_weak(password: str, about: Collection[str] = ()) -> None:
    """Refuse a password that is short, or made of words everybody tries; ``about`` are names of his own.

    Raises: WrongUsage that says what to do, and never the password.

    >>> refuse_weak("Welkom2026!Welkom")
    Traceback (most recent call last):
    baken.errors.WrongUsage: a password of words that everybody tries first is guessed first; ...
    """
    said = unicodedata.normalize("NFKC", password)
    if not SHORTEST <= len(said) <= LONGEST:
        raise WrongUsage(
            f"a password has {SHORTEST} to {LONGEST} signs; a few words of your own are easy to keep"
        )
    if len(set(said.casefold())) < FEWEST_DIFFERENT or _own_part(said, about) < FEWEST_OF_HIS_OWN:
        raise WrongUsage(
            "a password of words that everybody tries first is guessed first; take some of your own"
        )


def _own_part(said: str, about: Collection[str]) -> int:
    """Return how many signs are left when what everybody tries is taken out."""
    words = {word.casefold() for name in about for word in name.split() if len(word) >= FEWEST_OF_HIS_OWN}
    left = _without_runs(said.casefold()).translate(_AS_LETTERS)
    for word in sorted({*WEAK_WORDS, *words}, key=len, reverse=True):
        left = left.replace(word, "")
    # Figures count unless they only dress up a word, as a year does.
    return len(left) if len(left) == len(said.casefold()) else sum(sign.isalpha() for sign in left)


def _without_runs(said: str) -> str:
    runs = [n for n in range(len(said)) if said[n : n + RUN] in WEAK_RUNS]
    covered = {n + k for n in runs for k in range(RUN)}
    return "".join(sign for n, sign in enumerate(said) if n not in covered)


def _digest(password: str, salt: bytes, cost: HashCost) -> bytes:
    # The same word is typed in more than one way, and a browser and a terminal differ in it.
    said = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(said, salt, cost.passes, cost.memory_kib, cost.lanes, DIGEST_BYTES, Type.ID)
