"""What an object is called.  No name is the object: a catalogue number is one designator among several."""

import hashlib
from base64 import b32encode
from dataclasses import dataclass

MAX_NORAD_CAT_ID = 999_999_999
# A launch has a name before its pieces have; whoever bears only that one cannot be told from its companions.
LAUNCH_SCHEME = "cospar-launch"
SHARED_SCHEMES = frozenset({LAUNCH_SCHEME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Designator:
    """A name that somebody gave: ``scheme`` says who, ``value`` what."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """An object and its names.

    ``object_id`` is Baken's own and never changes.  It is minted from the first designator under which the
    object became known, so that two nodes that start from the same catalogue speak of it alike.

    >>> identity_from_norad(25544, name="ISS (ZARYA)", cospar_id="1998-067A").object_id
    'OBJ-ES6HFNTJJJ'
    """

    object_id: str
    norad_cat_id: int | None = None
    cospar_id: str | None = None
    name: str | None = None
    others: tuple[Designator, ...] = ()

    def __post_init__(self) -> None:
        if self.norad_cat_id is not None and not 0 <= self.norad_cat_id <= MAX_NORAD_CAT_ID:
            raise ValueError(f"norad_cat_id has up to nine digits; this one is {self.norad_cat_id}")

    @property
    def rank(self) -> tuple[bool, int, str]:
        """The place of an object in a list: by catalogue number, those without one last."""
        return self.norad_cat_id is None, self.norad_cat_id or 0, self.object_id


def mint_object_id(scheme: str, value: str) -> str:
    """Return the id of an object first known by this designator.

    Fifty bits of SHA-256: in a catalogue of a million objects two meet with a chance of one in two thousand;
    the store refuses the second.
    """
    digest = hashlib.sha256(f"{scheme}:{value}".encode()).digest()
    return "OBJ-" + b32encode(digest[:10])[:10].decode()


def identity_from_norad(
    norad_cat_id: int, *, name: str | None = None, cospar_id: str | None = None
) -> Identity:
    """Return the identity of an object known by its catalogue number."""
    return Identity(
        object_id=mint_object_id("norad", str(norad_cat_id)),
        norad_cat_id=norad_cat_id,
        cospar_id=cospar_id,
        name=name,
    )
