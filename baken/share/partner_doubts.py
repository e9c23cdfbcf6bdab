"""What a person should look at again in the file of a partner, though nothing in it is written wrongly."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from baken.records.partner import Partner

# Names that people write where they mean everybody; no label means everybody.
WIDENING = frozenset({"*", "ALL", "ANY", "ANYONE", "EVERYONE", "PUBLIC", "WORLD"})
# Longest that an agreement may end after the moment it is looked at before somebody is told.
SOON_NS = 60 * 86_400 * 1_000_000_000


class Doubt(StrEnum):
    """Which thing about a partner somebody should look at."""

    NO_KEY = "no-key"
    REVOKED_KEYS = "revoked-keys"
    NO_AGREEMENT = "no-agreement"
    EXPIRED_AGREEMENT = "expired-agreement"
    ENDS_SOON = "ends-soon"
    UNKNOWN_AUDIENCE = "unknown-audience"
    WIDENING = "widening"
    OF_ANOTHER = "of-another"
    NO_REALM = "no-realm"
    NO_FOLDER = "no-folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """A doubt, and about which name in the file."""

    doubt: Doubt
    name: str = ""


def doubts_about(
    partner: Partner, *, known_audiences: Collection[str], other_codes: Collection[str], at_tai_ns: int
) -> tuple[Doubted, ...]:
    """Return what to look at again.

    ``known_audiences`` are those that labels here or other partners name; ``other_codes`` are the codes of
    all other partners: who bears one of them as audience gets what is for that one.

    >>> [each.doubt.value for each in doubts_about(Partner(code="DE", names={}, audiences=frozenset({"*"})),
    ...     known_audiences=(), other_codes=(), at_tai_ns=0)]
    ['no-key', 'no-agreement', 'widening', 'no-realm', 'no-folder']
    """
    return (
        *_about_keys(partner),
        *_about_agreements(partner, at_tai_ns),
        *_about_audiences(partner, known_audiences, other_codes),
        *([] if partner.realms else [Doubted(doubt=Doubt.NO_REALM)]),
        *([] if partner.out_folder else [Doubted(doubt=Doubt.NO_FOLDER)]),
    )


def _about_keys(partner: Partner) -> Iterator[Doubted]:
    if not partner.keys:
        yield Doubted(doubt=Doubt.NO_KEY)
    elif all(key.revoked_since_tai_ns is not None for key in partner.keys):
        yield Doubted(doubt=Doubt.REVOKED_KEYS)


def _about_agreements(partner: Partner, at_tai_ns: int) -> Iterator[Doubted]:
    if not partner.agreements:
        yield Doubted(doubt=Doubt.NO_AGREEMENT)
    for each in partner.agreements:
        if each.until_tai_ns is None:
            continue
        if each.until_tai_ns <= at_tai_ns:
            yield Doubted(doubt=Doubt.EXPIRED_AGREEMENT, name=each.name)
        elif each.until_tai_ns <= at_tai_ns + SOON_NS:
            yield Doubted(doubt=Doubt.ENDS_SOON, name=each.name)


def _about_audiences(
    partner: Partner, known_audiences: Collection[str], other_codes: Collection[str]
) -> Iterator[Doubted]:
    for name in sorted(partner.audiences - {partner.code}):
        if name.upper() in WIDENING or "*" in name:
            yield Doubted(doubt=Doubt.WIDENING, name=name)
        elif name in other_codes:
            yield Doubted(doubt=Doubt.OF_ANOTHER, name=name)
        elif name not in known_audiences:
            yield Doubted(doubt=Doubt.UNKNOWN_AUDIENCE, name=name)
