"""Releases as JSON, told alike at the command line and over HTTP."""

import re
from collections.abc import Sequence

from baken.astro.time import utc_text
from baken.operations.send_release import SentReleases
from baken.operations.take_evidence import title_of
from baken.records.bundle import BundleItem, ItemFile
from baken.records.marking import strictest
from baken.records.marking_forms import marking_document
from baken.records.release import ReleaseMoment, ReleaseStanding, Ruling
from baken.records.release_view import PieceView, ReleaseView
from baken.records.sighting import Sighting
from baken.records.terms import Terms
from baken.share.release_statement import statement_of

Document = dict[str, object]
# Nanoseconds since 2000 of any year that can be written.
INSTANT = re.compile(r"-?[0-9]{1,19}")
# Of a longer file the page shows the name and the digest.
LONGEST_SHOWN = 20_000


def view_document(view: ReleaseView) -> Document:
    """Return what a recipient would see, entry by entry and field by field."""
    return {
        "what": view.what,
        "recipient": view.recipient,
        "goes": view.may_go,
        "title": view.title,
        "precision": view.precision,
        "terms": _terms(view.terms),
        "label": marking_document(view.label) if view.label else None,
        "not_before_utc": utc_text(view.not_before_tai_ns),
        "two_persons": view.needs_two,
        "policy_digest": view.policy_digest,
        "troubles": list(view.troubles),
        "entries": [_piece(each) for each in view.pieces],
        "item": _item(view.item) if view.item else None,
        "marking": strictest(frozenset(each.kept.marking for each in view.pieces)).text,
    }


def _item(item: BundleItem) -> Document:
    """Return what would lie before the recipient: a new item, as he would get it."""
    return {
        "kind": item.kind.value,
        "title": item.title,
        "told": dict(item.told),
        "file": _file(item.file) if item.file else None,
    }


def _file(file: ItemFile) -> Document:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size_bytes": len(file.content),
        "digest": file.digest,
        "text": _text(file.content),
    }


def _text(content: bytes) -> str | None:
    """Return what a short file says, where it is text."""
    try:
        return content.decode() if len(content) <= LONGEST_SHOWN else None
    except UnicodeDecodeError:
        return None


def release_document(standing: ReleaseStanding) -> Document:
    """Return a release as it stands, with what is to be signed and all that happened to it."""
    offer = standing.offer
    return {
        "release_id": str(offer.release_id),
        "stage": standing.stage.value,
        "what": offer.what,
        "recipient": offer.recipient,
        "title": offer.title,
        "item_id": offer.item_id,
        "precision": offer.precision,
        "label": marking_document(offer.label),
        "terms": _terms(offer.terms),
        "not_before_utc": utc_text(offer.not_before_tai_ns),
        "consents": [{"of": who, "held_in": where} for who, where in offer.consents],
        "entries": [
            {"entry_id": piece.entry_id, "digest": piece.digest, "fields": list(piece.names)}
            for piece in offer.pieces
        ],
        "realm": offer.realm.value,
        "bundle_number": standing.bundle_number,
        "n_entries": standing.n_entries,
        "statement": statement_of(offer),
        "approvals": [
            {"by": each.by, "key": each.key, "at_utc": utc_text(each.at_tai_ns), "because": each.because}
            for each in standing.approvals
        ],
        "history": [_moment(each) for each in standing.moments],
    }


def _terms(terms: Terms) -> Document:
    expires = terms.expires_tai_ns
    return {
        "purpose": terms.purpose,
        "onward": terms.onward.value,
        "until_utc": None if expires is None else utc_text(expires),
        "licence": terms.licence,
    }


def _piece(piece: PieceView) -> Document:
    return {
        "entry_id": piece.kept.entry_id,
        "kind": piece.kept.entry.kind.value,
        "title": title_of(piece.kept.entry),
        "marking": piece.kept.marking.text,
        "goes": piece.goes,
        "digest": piece.piece.digest if piece.piece else None,
        "policy_ids": list(piece.policy_ids),
        "obligations": list(piece.obligations),
        "missing_consents": list(piece.missing_consents),
        "fields": [
            {
                "field": each.name,
                "before": each.before,
                "after": each.after,
                "because": each.rule,
                "before_reads": readable(each.name, each.before),
                "after_reads": None if each.after is None else readable(each.name, each.after),
            }
            for each in piece.fields
        ],
    }


def readable(name: str, value: str) -> str:
    """Return an instant as a person reads it, and all else as it is."""
    if not (name.endswith("_tai_ns") and INSTANT.fullmatch(value)):
        return value
    try:
        return utc_text(int(value))
    except ValueError:
        # A figure under such a name that no clock ever showed: whoever wrote it, it is told as it is.
        return value


def _moment(moment: ReleaseMoment) -> Document:
    return {
        "entry_sequence": moment.entry_sequence,
        "step": moment.step,
        "by": moment.by,
        "at_utc": utc_text(moment.at_tai_ns),
        "because": moment.because,
        "policy": _ruling(moment.ruling) if moment.ruling else None,
    }


def _ruling(ruling: Ruling) -> Document:
    return {
        "digest": ruling.policy_digest,
        "ids": list(ruling.policy_ids),
        "obligations": sorted(ruling.obligations),
    }


def sent_document(sent: SentReleases, paths: Sequence[str]) -> Document:
    """Return what went to a partner, what waits, and what was stopped."""
    bundle = sent.bundle.bundle if sent.bundle else None
    return {
        "bundle": None
        if bundle is None
        else {
            "number": bundle.number,
            "recipient": bundle.recipient,
            "items": [one.item_id for one in bundle.items],
            "recalls": [one.item_id for one in bundle.recalls],
            "answers": [one.answer_id for one in bundle.answers],
        },
        "lies_at": list(paths),
        "sent": [str(each.release_id) for each in sent.sent],
        "recalled": [str(each.release_id) for each in sent.recalled],
        "waiting": [str(each.release_id) for each in sent.waiting],
        "stopped": list(sent.stopped),
    }


def sighting_document(seen: Sighting) -> Document:
    """Return who saw something, in which way, and what of it; no fields are named where it was all of it."""
    return {
        "entry_sequence": seen.entry_sequence,
        "at_utc": utc_text(seen.at_tai_ns),
        "who": seen.who,
        "how": seen.how.value,
        "by": seen.told,
        "what": seen.what,
        "fields": list(seen.fields) if seen.fields else None,
        "precision": seen.precision,
        "policy_digest": seen.policy_digest,
    }
