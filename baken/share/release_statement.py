"""What a person signs when he lets something go: exactly what goes, to whom, on which terms, and no more."""

import json

import rfc8785

from baken.astro.time import utc_text
from baken.errors import UnreadableInput
from baken.records.marking_forms import marking_document
from baken.records.release import Offer

FORMAT = "baken release 1"


def statement_of(offer: Offer) -> str:
    """Return what is signed, in canonical JSON: two offers of which anything differs never read alike.

    Who proposed it and why is not in it: that stays here.
    Source: RFC 8785.
    """
    expires = offer.terms.expires_tai_ns
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "release": str(offer.release_id),
            "realm": offer.realm.value,
            "recipient": offer.recipient,
            "item": offer.item_id,
            "title": offer.title,
            "precision": offer.precision,
            "label": marking_document(offer.label),
            "terms": {
                "purpose": offer.terms.purpose,
                "onward": offer.terms.onward.value,
                "expires_utc": None if expires is None else utc_text(expires, 9),
                "licence": offer.terms.licence,
            },
            "not_before_utc": utc_text(offer.not_before_tai_ns, 9),
            "consents": [list(each) for each in offer.consents],
            "pieces": [{"digest": piece.digest, "fields": list(piece.names)} for piece in offer.pieces],
        }
    ).decode()


def read_statement(text: str) -> str:
    """Return the statement in a text as it is signed; line ends around it are nobody's.

    Raises: UnreadableInput for anything else: a key of an authority signs nothing it cannot read.
    """
    said = text.strip()
    try:
        told = json.loads(said)
        is_one = (
            isinstance(told, dict) and told.get("format") == FORMAT and rfc8785.dumps(told).decode() == said
        )
    except (ValueError, rfc8785.CanonicalizationError):
        is_one = False
    if not is_one:
        raise UnreadableInput(
            "this is no statement of a release; save it again as the page of the release gives it"
        )
    return said
