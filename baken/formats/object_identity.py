"""From what a message calls an object to an identity, and back."""

import re
from dataclasses import replace

from baken.records.identity import LAUNCH_SCHEME, Designator, Identity, identity_from_norad, mint_object_id

BARE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
COSPAR_ID = re.compile(r"[0-9]{4}-[0-9]{3}[A-Z]{1,3}")
# NASA's ephemerides of the ISS say 1998-067-A.
COSPAR_ID_WITH_HYPHEN = re.compile(r"([0-9]{4}-[0-9]{3})-([A-Z]{1,3})")
COSPAR_LAUNCH = re.compile(r"[0-9]{4}-[0-9]{3}")
UNKNOWN = "UNKNOWN"
SATCAT = "SATCAT"  # the catalogue whose numbers are NORAD's
CATALOGUE_NUMBER = re.compile(r"[0-9]{1,9}")
SAID = "ccsds-object-id"  # the scheme of a designator that is neither a catalogue number nor COSPAR's


def identity_from_catalogue(norad_cat_id: int, object_id: str, name: str) -> Identity:
    """Return the identity of an object with a catalogue number; what else it is called is kept.

    >>> identity_from_catalogue(25544, "1998-067A", "ISS (ZARYA)").cospar_id
    '1998-067A'
    """
    cospar_id, others = _read_object_id(object_id)
    identity = identity_from_norad(norad_cat_id, name=name or None, cospar_id=cospar_id)
    return replace(identity, others=others) if others else identity


def identity_from_object_id(object_id: str, name: str) -> Identity:
    """Return the identity of an object that a message knows by designator alone.

    Bare digits are taken for a catalogue number, which is what those who write them there mean.

    >>> identity_from_object_id("25544", "ISS").norad_cat_id
    25544
    >>> identity_from_object_id("1998-067-A", "ISS").cospar_id
    '1998-067A'
    """
    if BARE_NUMBER.fullmatch(object_id):
        return identity_from_norad(int(object_id), name=name or None)
    cospar_id, others = _read_object_id(object_id)
    is_launch = any(other.scheme == LAUNCH_SCHEME for other in others)
    said = f"{object_id} {name}" if is_launch else object_id if others else name
    known_by = ("cospar", cospar_id) if cospar_id else (SAID, said)
    return Identity(
        object_id=mint_object_id(*known_by), cospar_id=cospar_id, name=name or None, others=others
    )


def identity_from_designators(catalogue: str, designator: str, object_id: str, name: str) -> Identity:
    """Return the identity of an object that some catalogue knows by a designator of its own.

    Without a catalogue and a designator, the international one has to do.

    >>> identity_from_designators("SATCAT", "25544", "1998-067A", "ISS").norad_cat_id
    25544
    """
    if not catalogue or not designator:
        return identity_from_object_id(object_id, name)
    if catalogue == SATCAT and CATALOGUE_NUMBER.fullmatch(designator):
        return identity_from_catalogue(int(designator), object_id, name)
    return Identity(
        object_id=mint_object_id(catalogue, designator),
        cospar_id=identity_from_object_id(object_id, name).cospar_id,
        name=name or None,
        others=(Designator(scheme=catalogue, value=designator),),
    )


def object_id_text(identity: Identity) -> str:
    """Return what a message writes for OBJECT_ID when the catalogue number has a place of its own."""
    schemes = (SAID, LAUNCH_SCHEME)
    said = next((other.value for other in identity.others if other.scheme in schemes), None)
    if said is not None and COSPAR_ID_WITH_HYPHEN.fullmatch(said):
        return said  # as its source wrote it
    return identity.cospar_id or said or UNKNOWN


def only_object_id_text(identity: Identity) -> str:
    """Return what a message writes for OBJECT_ID when it has no other place for a number."""
    text = object_id_text(identity)
    return str(identity.norad_cat_id) if text == UNKNOWN and identity.norad_cat_id is not None else text


def _read_object_id(text: str) -> tuple[str | None, tuple[Designator, ...]]:
    if not text or text == UNKNOWN:
        return None, ()
    if COSPAR_ID.fullmatch(text):
        return text, ()
    if hyphenated := COSPAR_ID_WITH_HYPHEN.fullmatch(text):
        return "".join(hyphenated.groups()), (Designator(scheme=SAID, value=text),)
    scheme = LAUNCH_SCHEME if COSPAR_LAUNCH.fullmatch(text) else SAID
    return None, (Designator(scheme=scheme, value=text),)
