"""A finding as canonical JSON, and back: what one state keeps, another can compare byte for byte."""

import json

import rfc8785

from baken.records.event import EventKind, Finding
from baken.records.marking import Realm
from baken.records.marking_forms import marking_document, marking_from_document
from baken.store.provenance import lineage_from_text, lineage_text

EXACT_IN_JSON = 2**53  # RFC 8785, 3.2.2.3; RFC 7493, 2.2


def finding_text(finding: Finding) -> str:
    """Return all of a finding as canonical JSON.

    Source: RFC 8785.
    """
    return rfc8785.dumps(
        {
            "kind": finding.kind.value,
            "encounter_key": finding.encounter_key,
            "object_ids": list(finding.object_ids),
            # Nanoseconds since 2000 pass 2^53, where JSON numbers stop being exact.
            "start_tai_ns": str(finding.start_tai_ns),
            "peak_tai_ns": str(finding.peak_tai_ns),
            "end_tai_ns": str(finding.end_tai_ns),
            "measures": [[name, value] for name, value in finding.measures],
            "because": finding.because,
            "assumptions": list(finding.assumptions),
            "realm": finding.realm.value,
            "marking": marking_document(finding.marking),
            "lineage": lineage_text(finding.lineage),
        }
    ).decode()


def finding_from_text(text: str) -> Finding:
    """Return the finding a text tells.

    A whole number comes back as an ``int`` even where a ``float`` was kept: JSON knows one kind of number.
    """
    told = json.loads(text, parse_int=_number)
    return Finding(
        kind=EventKind(told["kind"]),
        encounter_key=told["encounter_key"],
        object_ids=tuple(told["object_ids"]),
        start_tai_ns=int(told["start_tai_ns"]),
        peak_tai_ns=int(told["peak_tai_ns"]),
        end_tai_ns=int(told["end_tai_ns"]),
        measures=tuple((name, value) for name, value in told["measures"]),
        because=told["because"],
        assumptions=tuple(told["assumptions"]),
        realm=Realm(told["realm"]),
        marking=marking_from_document(told["marking"]),
        lineage=lineage_from_text(told["lineage"]),
    )


def _number(digits: str) -> int | float:
    # Canonical JSON writes 1e16 as a whole number; past 2^53 it can only have been a float.
    return int(digits) if abs(int(digits)) < EXACT_IN_JSON else float(digits)
