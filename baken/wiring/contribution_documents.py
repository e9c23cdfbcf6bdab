"""The contribution ledger as scripts read it."""

from baken.astro.time import utc_text
from baken.records.contribution import Contribution, Given, Returned
from baken.records.marking_forms import marking_document
from baken.records.terms import Terms

Document = dict[str, object]


def contribution_document(told: Contribution) -> Document:
    """Return what was given to one partner and what came back."""
    return {
        "partner": told.partner,
        "realm": told.realm.value,
        "n_answered": told.n_answered,
        "n_dissents": told.n_dissents,
        "given": [_given(each) for each in told.given],
        "returned": [_returned(each) for each in told.returned],
    }


def _given(one: Given) -> Document:
    return {
        "release_id": str(one.release_id),
        "item_id": one.item_id,
        "title": one.title,
        "went_utc": utc_text(one.went_at_tai_ns),
        "precision": one.precision,
        "label": marking_document(one.label),
        "terms": _terms(one.terms),
        "stage": one.stage.value,
        "said": [each.value for each in one.said],
    }


def _returned(one: Returned) -> Document:
    return {
        "item_id": one.item_id,
        "kind": one.kind,
        "title": one.title,
        "came_utc": utc_text(one.came_at_tai_ns),
        "label": marking_document(one.label),
        "terms": _terms(one.terms),
        "standing": one.standing,
        "in_reply_to": one.in_reply_to,
    }


def _terms(terms: Terms) -> Document:
    expires = terms.expires_tai_ns
    return {
        "purpose": terms.purpose,
        "onward": terms.onward.value,
        "until_utc": None if expires is None else utc_text(expires),
        "licence": terms.licence,
    }
