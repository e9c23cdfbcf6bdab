"""Make a finding again from what a dossier carries, and say whether it comes out the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from baken.errors import BakenError, UnreadableInput
from baken.operations.finding_evidence import finding_of_fields
from baken.operations.finding_inputs import refuse_missing
from baken.operations.import_catalogue import NamedContent, Provenance
from baken.operations.receive_messages import Assessor, read_warnings
from baken.records.event import Finding, is_same_happening
from baken.records.evidence import Value
from baken.records.lineage import digest_of_json
from baken.records.marking import Realm


class Verdict(StrEnum):
    """What came of making a finding again."""

    SAME = "same"
    DIFFERS = "differs"
    CANNOT = "cannot be recomputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """What a verified dossier shows of one finding: fields of its entry, and contents by their digest."""

    entry_id: str
    fields: Mapping[str, Value]
    contents: Mapping[str, bytes]
    realm: Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing the digest covers that came out otherwise; ``None`` for what only one of the two says."""

    name: str
    told: object
    recomputed: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """What came of making one finding again.  ``digest`` is empty when nothing could be made."""

    entry_id: str
    event_id: str
    verdict: Verdict
    told_digest: str
    digest: str = ""
    because: str = ""
    differences: tuple[Difference, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what a finding is made again: who judges warnings, who looks at a sky, and which Baken this is.

    ``look_again`` returns what the detectors see in the sky a finding was made from; it refuses when an input
    is not at hand.
    """

    assessor: Assessor
    look_again: Callable[[Finding, Mapping[str, bytes]], tuple[Finding, ...]]
    code_version: str


def recompute_finding(told: ToldFinding, means: Means) -> Recomputed:
    """Make a finding again from its inputs and settings, and compare all that its digest covers.

    What its happening and its files are called is taken from it: a happening keeps the name of its first
    look, and a file may lie under another name.
    """
    made = Recomputed(
        entry_id=told.entry_id,
        event_id=str(told.fields.get("event_id") or ""),
        verdict=Verdict.CANNOT,
        told_digest=str(told.fields.get("finding_digest") or ""),
        remark=_remark(told.fields.get("kept_with_code_version"), means.code_version),
    )
    try:
        finding = finding_of_fields(told.fields, told.realm)
        seen = _made_again(finding, told.contents, means)
    except BakenError as error:
        return replace(made, because=str(error))
    again = _nearest(finding, seen)
    if again is None:
        return replace(made, verdict=Verdict.DIFFERS, because="nothing of the kind is found in its inputs")
    again = _called_alike(finding, again)
    differences = tuple(differences_of(finding.document, again.document))
    verdict = Verdict.DIFFERS if differences else Verdict.SAME
    return replace(made, verdict=verdict, digest=again.digest, differences=differences)


def _remark(kept_with: Value, code_version: str) -> str:
    if kept_with is None:
        return f"which Baken it was kept with is not told; this is {code_version}"
    return "" if kept_with == code_version else f"kept with Baken {kept_with}; this is {code_version}"


def _made_again(finding: Finding, contents: Mapping[str, bytes], means: Means) -> tuple[Finding, ...]:
    if not finding.lineage.sources:
        raise UnreadableInput("it does not say what it was made from")
    if finding.originator:
        refuse_missing(finding, contents)
        return tuple(_warnings(finding, contents, means.assessor))
    return means.look_again(finding, contents)


def _warnings(finding: Finding, contents: Mapping[str, bytes], assessor: Assessor) -> Iterator[Finding]:
    """Yield what the warnings say that a finding was made from."""
    provenance = Provenance(realm=finding.realm, marking=finding.marking)
    for source in finding.lineage.sources:
        given = NamedContent(name=source.name, content=contents[source.digest])
        for received in read_warnings(given, provenance, assessor).received:
            yield received.finding


def _nearest(finding: Finding, seen: Sequence[Finding]) -> Finding | None:
    """Return the same warning again, or what was seen of the same happening, nearest in time."""
    same = [one for one in seen if _is_same(finding, one)]
    return min(same, key=lambda one: abs(one.peak_tai_ns - finding.peak_tai_ns), default=None)


def _is_same(finding: Finding, other: Finding) -> bool:
    if finding.originator:
        return all(finding.measure(name) == other.measure(name) for name in ("originator", "message_id"))
    return finding.encounter_key == other.encounter_key or is_same_happening(finding, other)


def _called_alike(finding: Finding, again: Finding) -> Finding:
    """Return a finding made again under the names that the first one gives its happening and its files."""
    names = {source.digest: source.name for source in finding.lineage.sources}
    sources = tuple(
        replace(source, name=names.get(source.digest, source.name)) for source in again.lineage.sources
    )
    return replace(
        again, encounter_key=finding.encounter_key, lineage=replace(again.lineage, sources=sources)
    )


def differences_of(told: Mapping[str, object], recomputed: Mapping[str, object]) -> Iterator[Difference]:
    """Yield what two documents say otherwise, figure by figure, in the order of the first.

    >>> [one.name for one in differences_of({"a": 1.0, "b": {"c": 2}}, {"a": 1, "b": {"c": 3, "d": 4}})]
    ['b.c', 'b.d']
    """
    for name in dict.fromkeys((*told, *recomputed)):
        one, other = told.get(name), recomputed.get(name)
        if isinstance(one, dict) and isinstance(other, dict):
            for difference in differences_of(one, other):
                yield replace(difference, name=f"{name}.{difference.name}")
        elif digest_of_json(one) != digest_of_json(other):
            yield Difference(name=name, told=one, recomputed=other)
