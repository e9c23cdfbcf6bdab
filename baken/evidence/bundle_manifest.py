"""What a bundle says of itself: its manifest in canonical JSON, and read again, strictly."""

import json
from collections.abc import Mapping
from typing import Any

import rfc8785

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.errors import BadMessage
from baken.records.bundle import (
    BUNDLE_VERSION,
    AnswerKind,
    Bundle,
    BundleItem,
    ItemAnswer,
    ItemFile,
    ItemKind,
    RecallRequest,
)
from baken.records.evidence import Value
from baken.records.handling import Onward
from baken.records.lineage import digest_of_bytes
from baken.records.marking import Realm
from baken.records.marking_forms import marking_document, marking_from_document
from baken.records.terms import Terms

FORMAT = "baken bundle"
ITEMS = "items/"


class NewerVersion(BadMessage):
    """A manifest of a version that a later Baken writes."""


def manifest_of(bundle: Bundle) -> bytes:
    """Return the manifest of a bundle; of files it has the digests only."""
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "version": bundle.version,
            "from": bundle.sender,
            "to": bundle.recipient,
            "realm": bundle.realm.value,
            "number": bundle.number,
            "previous": bundle.previous,
            "made_at_utc": utc_text(bundle.made_at_tai_ns, 9),
            "valid_until_utc": utc_text(bundle.valid_until_tai_ns, 9),
            "policy_digest": bundle.policy_digest,
            "taken_to": bundle.taken_to,
            "refused": list(bundle.refused),
            "items": [_item(one) for one in bundle.items],
            "recalls": [_recall(one) for one in bundle.recalls],
            "answers": [_answer(one) for one in bundle.answers],
        }
    )


def read_manifest(payload: bytes, files: Mapping[str, bytes]) -> Bundle:
    """Read a manifest, with the files it speaks of.

    Raises: NewerVersion; BadMessage when it is none as it is written, or its files are not those it names.
    """
    try:
        told = json.loads(payload)
        _refuse_unprintable(told)
        _refuse_other_versions(told)
        bundle = _bundle(told, files)
        is_as_written = manifest_of(bundle) == payload
    except BadMessage:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadMessage(f"its manifest is none: {error}", next_step="ask for it anew") from error
    if not is_as_written:
        raise BadMessage("its manifest is not written as manifests are", next_step="ask for it anew")
    return bundle


def _refuse_unprintable(told: Any) -> None:
    """Refuse signs that would steer a terminal or turn what is read, wherever they stand."""
    if isinstance(told, str) and not told.replace("\n", "").isprintable():
        raise BadMessage("a text in it has signs that cannot be printed", next_step="ask for it anew")
    for each in [*told, *told.values()] if isinstance(told, dict) else told if isinstance(told, list) else ():
        _refuse_unprintable(each)


def content_digest(item: BundleItem) -> str:
    """Return by what an item is known again, whatever name it bears: its file, else what it tells."""
    told = [item.kind.value, item.title, [[name, _json(value)] for name, value in item.told]]
    return item.file.digest if item.file else digest_of_bytes(rfc8785.dumps(told))


def _refuse_other_versions(told: Any) -> None:
    if told["format"] != FORMAT or not isinstance(told["version"], int) or told["version"] < 1:
        raise BadMessage(f"it is no {FORMAT}", next_step="ask for it anew")
    if told["version"] > BUNDLE_VERSION:
        raise NewerVersion(
            f"it is written in version {told['version']}, and this Baken reads up to {BUNDLE_VERSION}",
            next_step="bring Baken up to date and take it in then",
        )


def _bundle(told: Any, files: Mapping[str, bytes]) -> Bundle:
    return Bundle(
        sender=_text(told, "from"),
        recipient=_text(told, "to"),
        realm=Realm(told["realm"]),
        number=told["number"],
        previous=_text(told, "previous"),
        made_at_tai_ns=tai_ns_from_utc(told["made_at_utc"]),
        valid_until_tai_ns=tai_ns_from_utc(told["valid_until_utc"]),
        policy_digest=_text(told, "policy_digest"),
        taken_to=told["taken_to"],
        refused=tuple(told["refused"]),
        version=told["version"],
        items=tuple(_read_item(one, files) for one in told["items"]),
        recalls=tuple(
            RecallRequest(
                item_id=_text(one, "item_id"),
                because=_text(one, "because"),
                at_tai_ns=tai_ns_from_utc(one["at_utc"]),
            )
            for one in told["recalls"]
        ),
        answers=tuple(_read_answer(one) for one in told["answers"]),
    )


def _item(item: BundleItem) -> dict[str, Any]:
    told: dict[str, Any] = {
        "item_id": item.item_id,
        "kind": item.kind.value,
        "title": item.title,
        "label": marking_document(item.marking),
        "terms": _terms(item.terms),
        "told": [[name, _json(value)] for name, value in item.told],
    }
    if item.in_reply_to:
        told["in_reply_to"] = item.in_reply_to
    if item.file:
        told["file"] = {
            "name": item.file.name,
            "media_type": item.file.media_type,
            "size": len(item.file.content),
            "digest": item.file.digest,
        }
    return told


def _read_item(told: Any, files: Mapping[str, bytes]) -> BundleItem:
    return BundleItem(
        item_id=_text(told, "item_id"),
        kind=ItemKind(told["kind"]),
        title=_text(told, "title"),
        marking=marking_from_document(told["label"]),
        terms=_read_terms(told["terms"]),
        told=tuple((name, _value(value)) for name, value in told["told"]),
        in_reply_to=told.get("in_reply_to", ""),
        file=_read_file(told, files) if "file" in told else None,
    )


def _read_file(told: Any, files: Mapping[str, bytes]) -> ItemFile:
    content = files.get(f"{ITEMS}{told['item_id']}")
    if content is None:
        raise BadMessage(f"the file of item {told['item_id']} is not in it", next_step="ask for it anew")
    file = ItemFile(
        name=_text(told["file"], "name"), media_type=_text(told["file"], "media_type"), content=content
    )
    if file.digest != told["file"]["digest"]:
        raise BadMessage(f"the file of item {told['item_id']} was altered", next_step="ask for it anew")
    return file


def _terms(terms: Terms) -> dict[str, Any]:
    expires = terms.expires_tai_ns
    return {
        "purpose": terms.purpose,
        "onward": terms.onward.value,
        "expires_utc": None if expires is None else utc_text(expires, 9),
        "licence": terms.licence,
    }


def _read_terms(told: Any) -> Terms:
    expires = told["expires_utc"]
    return Terms(
        purpose=_text(told, "purpose"),
        onward=Onward(told["onward"]),
        expires_tai_ns=None if expires is None else tai_ns_from_utc(expires),
        licence=_text(told, "licence"),
    )


def _recall(recall: RecallRequest) -> dict[str, Any]:
    return {"item_id": recall.item_id, "because": recall.because, "at_utc": utc_text(recall.at_tai_ns, 9)}


def _answer(answer: ItemAnswer) -> dict[str, Any]:
    return {
        "answer_id": answer.answer_id,
        "item_id": answer.item_id,
        "kind": answer.kind.value,
        "text": answer.text,
        "at_utc": utc_text(answer.at_tai_ns, 9),
        "label": marking_document(answer.marking),
    }


def _read_answer(told: Any) -> ItemAnswer:
    return ItemAnswer(
        answer_id=_text(told, "answer_id"),
        item_id=_text(told, "item_id"),
        kind=AnswerKind(told["kind"]),
        text=_text(told, "text"),
        at_tai_ns=tai_ns_from_utc(told["at_utc"]),
        marking=marking_from_document(told["label"]),
    )


def _text(told: Any, name: str) -> str:
    if not isinstance(told[name], str):
        raise BadMessage(f"its manifest has a {name} that is no text", next_step="ask for it anew")
    return str(told[name])


def _json(value: Value) -> Any:
    return [_json(each) for each in value] if isinstance(value, tuple) else value


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(map(_value, value))
    if isinstance(value, dict):
        raise BadMessage("what is told of an item has no objects in it", next_step="ask for it anew")
    return value  # type: ignore[no-any-return]
