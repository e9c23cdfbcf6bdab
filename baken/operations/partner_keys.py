"""The keys of partners, as their files give them, ready to check a signature."""

from collections.abc import Iterable, Mapping

from baken.errors import BadMessage, UnreadableInput
from baken.evidence.keys import Period
from baken.evidence.signed_note import VerifierKey, read_verifier_key
from baken.records.partner import Partner


def periods_of_partner(partner: Partner) -> tuple[Period, ...]:
    """Return from when until when each key of a partner is good.

    Raises: UnreadableInput for a key whose id is not its own.
    """
    return tuple(
        Period(
            key=_key(partner, number, each.vkey),
            from_tai_ns=None,
            until_tai_ns=each.revoked_since_tai_ns,
            is_revoked=each.revoked_since_tai_ns is not None,
        )
        for number, each in enumerate(partner.keys, 1)
    )


def partners_by_key(partners: Iterable[Partner]) -> Mapping[VerifierKey, Partner]:
    """Return whose each key is.

    Raises: UnreadableInput when two partners are said to have one key.
    """
    found: dict[VerifierKey, Partner] = {}
    for partner in partners:
        for period in periods_of_partner(partner):
            if found.setdefault(period.key, partner) is not partner:
                raise UnreadableInput(
                    f"{partner.code} and {found[period.key].code} have one key, {period.key.name}; "
                    "a key is one's own"
                )
    return found


def _key(partner: Partner, number: int, vkey: str) -> VerifierKey:
    try:
        return read_verifier_key(vkey)
    except BadMessage as error:
        raise UnreadableInput(f"partner {partner.code} [[key]] {number} vkey: {error}") from error
