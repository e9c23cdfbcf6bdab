"""Where the entries of a dossier come from, in the words of W3C PROV."""

import json
from collections.abc import Iterable, Mapping

import rfc8785
from prov.model import ProvDocument

from baken.records.evidence import Value

PREFIX, NAMESPACE = "baken", "urn:baken:"
Fields = Mapping[str, Value]


def provenance_of(shown: Iterable[tuple[str, Fields]]) -> bytes:
    """Return PROV-JSON of what is shown, entry by entry, as canonical JSON.

    An entry is an entity, who made it an agent, what it was made from an entity by its digest.  Of what is
    withheld nothing is told.

    Source: W3C PROV-DM and the PROV-JSON member submission.
    """
    document = ProvDocument()
    document.add_namespace(PREFIX, NAMESPACE)
    for entry_id, fields in shown:
        _tell(document, entry_id, fields)
    return rfc8785.dumps(json.loads(document.serialize(format="json") or "{}"))


def _tell(document: ProvDocument, entry_id: str, fields: Fields) -> None:
    told = {f"{PREFIX}:{name}": str(fields[name]) for name in ("kind", "title") if fields.get(name)}
    entity = document.entity(f"{PREFIX}:{entry_id}", told)
    actor = fields.get("actor")
    if actor:
        agent = document.agent(f"{PREFIX}:agent/{_name(str(actor))}", {"prov:label": str(actor)})
        document.wasAttributedTo(entity, agent)
    for name, digest in _pairs(fields.get("made_from")):
        source = document.entity(f"{PREFIX}:{digest.replace(':', '/')}", {"prov:label": name})
        document.wasDerivedFrom(entity, source)
    for other in _words(fields.get("derived_from")):
        document.wasDerivedFrom(entity, document.entity(f"{PREFIX}:{other}"))


def _name(text: str) -> str:
    """Return a text as a name that every reader of PROV takes."""
    return "".join(c if c.isalnum() and c.isascii() else f"-{ord(c):x}-" for c in text)


def _pairs(value: Value) -> Iterable[tuple[str, str]]:
    for pair in value if isinstance(value, tuple) else ():
        if isinstance(pair, tuple) and len(pair) == 2:
            yield str(pair[0]), str(pair[1])


def _words(value: Value) -> Iterable[str]:
    return map(str, value) if isinstance(value, tuple) else ()
