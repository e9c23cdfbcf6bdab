"""Determinations: who says who did it.  Nothing else in Baken does."""

import json
import re
from collections.abc import Iterable

import rfc8785

from baken.errors import BadMessage
from baken.records.determination import Determination, SignedDetermination
from baken.records.evidence import Content, Entry, EntryKind, Field, KeptEntry, read_entry_id
from baken.records.marking import Marking, Realm
from baken.records.marking_forms import marking_document, marking_from_document

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TEXTS = ("about", "state", "organ", "decided_on", "wording", "language", "actor_named")


def payload_of(determination: Determination) -> bytes:
    """Return the bytes an authority signs: the determination in canonical JSON.

    Source: RFC 8785.
    """
    return rfc8785.dumps(
        {
            **{name: getattr(determination, name) for name in TEXTS},
            "basis": list(determination.basis),
            "is_public": determination.is_public,
            "realm": determination.realm.value,
            "marking": marking_document(determination.marking),
        }
    )


def determination_of(payload: bytes) -> Determination:
    """Return the determination that was signed.

    Raises: BadMessage that names the field which is missing or wrong, and for bytes that are not canonical.
    """
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise BadMessage(
            f"this is no JSON ({error})", next_step="ask its sender for the signed file"
        ) from error
    if not isinstance(told, dict):
        raise BadMessage("a determination is one JSON object", next_step="ask its sender for the signed file")
    determination = Determination(
        **{name: _text(told, name) for name in TEXTS},
        basis=tuple(_texts(told, "basis")),
        is_public=_truth(told, "is_public"),
        realm=Realm(_one_of(told, "realm", set(Realm))),
        marking=_marking(told.get("marking")),
    )
    _check(determination)
    if payload_of(determination) != payload:
        raise BadMessage("the signed bytes hold more than a determination does", next_step="sign it anew")
    return determination


def entry_of(
    determination: Determination, *, signed_by: str, envelope: Content, actor: str, at_tai_ns: int
) -> Entry:
    """Return the entry that keeps a determination; the signed envelope is its content."""
    fields: tuple[Field, ...] = (
        *((name, getattr(determination, name)) for name in TEXTS),
        ("basis", determination.basis),
        ("is_public", determination.is_public),
        ("signed_by", signed_by),
    )
    return Entry(
        kind=EntryKind.DETERMINATION,
        subject=determination.about,
        actor=actor,
        at_tai_ns=at_tai_ns,
        fields=fields,
        content=envelope,
        realm=determination.realm,
        marking=determination.marking,
    )


def determinations_of(entries: Iterable[KeptEntry]) -> tuple[SignedDetermination, ...]:
    """Return every determination among entries, side by side, in the order in which they were kept."""
    return tuple(
        SignedDetermination(
            determination=_kept(kept.entry),
            signed_by=kept.entry.text("signed_by"),
            entry_sequence=kept.sequence,
        )
        for kept in entries
        if kept.entry.kind is EntryKind.DETERMINATION
    )


def _kept(entry: Entry) -> Determination:
    basis = entry.value("basis")
    return Determination(
        **{name: entry.text(name) for name in TEXTS},
        basis=tuple(map(str, basis)) if isinstance(basis, tuple) else (),
        is_public=bool(entry.value("is_public")),
        realm=entry.realm,
        marking=entry.marking,
    )


def _check(determination: Determination) -> None:
    if not DAY.fullmatch(determination.decided_on):
        raise BadMessage(
            "reads like 2022-05-10", field="decided_on", next_step="give the day of the decision"
        )
    for name in determination.basis:
        try:
            read_entry_id(name)
        except ValueError as error:
            raise BadMessage(str(error), field="basis", next_step="name entries as EV-12") from error


def _text(told: dict[str, object], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise BadMessage("is missing, or no text", field=name, next_step="sign a determination that says it")
    if name != "actor_named" and not value.strip():
        raise BadMessage("is empty", field=name, next_step="sign a determination that says it")
    return value


def _texts(told: dict[str, object], name: str) -> list[str]:
    value = told.get(name)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise BadMessage("is no list of texts", field=name, next_step="sign a determination that has one")
    return value


def _truth(told: dict[str, object], name: str) -> bool:
    value = told.get(name)
    if not isinstance(value, bool):
        raise BadMessage("is neither true nor false", field=name, next_step="say which")
    return value


def _one_of(told: dict[str, object], name: str, known: set[Realm]) -> str:
    value = _text(told, name)
    if value not in known:
        raise BadMessage(f"is {value!r}, not one of {', '.join(sorted(known))}", field=name)
    return value


def _marking(told: object) -> Marking:
    if not isinstance(told, dict) or not {"owner", "releasable_to"} <= set(told):
        raise BadMessage("is missing", field="marking", next_step="say who may see it")
    if not isinstance(told["owner"], str):
        raise BadMessage("has an owner that is no text", field="marking", next_step="say whose it is")
    _texts(told, "releasable_to")
    try:
        marking = marking_from_document(told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadMessage(f"is no label: {error}", field="marking", next_step="say who may see it") from error
    if marking_document(marking) != told:
        raise BadMessage("is not written as labels are", field="marking", next_step="say who may see it")
    return marking
