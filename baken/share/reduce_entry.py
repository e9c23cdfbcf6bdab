"""An entry as it goes to somebody else: a new one, with less in it, and nothing that leads back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from baken.astro.time import utc_text
from baken.records.evidence import Content, Entry, Field
from baken.records.lineage import NO_LINEAGE, digest_of_bytes
from baken.records.marking import Marking
from baken.records.precision import Precision
from baken.records.reduction import Reduction, Rule
from baken.share.grids import NANOSECONDS_A_SECOND
from baken.share.reduce_fields import reduced_field
from baken.share.reduce_orbit import Orbital, read_orbits, reduced, told_of, written
from baken.share.references import leads_outside
from baken.share.wanted import CannotReduce, Wanted

SAYS_HOW = "reduced"
# What every entry says.
ALWAYS = frozenset({"kind", "subject", "actor", "realm", "at_utc", "at_tai_ns"})
LEFT_OUT = "content_left_out"
MEDIA_TYPES = {"kvn": "text/plain", "xml": "application/xml", "json": "application/json", "csv": "text/csv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reduced:
    """What goes, and what was done."""

    fields: tuple[Field, ...]
    content: Content | None
    content_bytes: bytes | None
    reductions: tuple[Reduction, ...]


def is_due(entry: Entry, precision: Precision, now_tai_ns: int) -> bool:
    """Say whether something is old enough to be told; that its content is too is seen when it is reduced."""
    return entry.at_tai_ns <= _youngest(precision, now_tai_ns)


def reduce_entry(
    entry: Entry, content: bytes | None, precision: Precision, *, marking: Marking, at_tai_ns: int, actor: str
) -> tuple[Entry, bytes | None]:
    """Return a new entry that tells of another one, as coarsely as asked, and its content.

    It is of the same kind, about the same subject and of the same realm, under the label that is given, made
    by ``actor`` now.  At full precision it says all the other says, but for what nobody may be told.  Else
    there is nothing in it that leads back: no lineage, no digest, no file name.

    Raises: CannotReduce when it is too young, or cannot be told as coarsely as asked.
    """
    if not is_due(entry, precision, at_tai_ns):
        raise CannotReduce(f"this is told from {_due_text(entry, precision)} on; release it then")
    made = _reduced(entry, content, precision, marking, _youngest(precision, at_tai_ns))
    says_how: tuple[Field, ...] = () if precision.is_full else ((SAYS_HOW, precision.text),)
    new = replace(
        entry,
        actor=actor,
        at_tai_ns=at_tai_ns,
        fields=(*made.fields, *says_how),
        content=made.content,
        marking=marking,
        lineage=entry.lineage if precision.is_full else NO_LINEAGE,
    )
    return new, made.content_bytes


def explain_reduction(entry: Entry, content: bytes | None, precision: Precision) -> tuple[Reduction, ...]:
    """Return what would be done to each field of an entry and of its content.

    Raises: CannotReduce when it cannot be told as coarsely as asked, but for its age.
    """
    made = _reduced(entry, content, precision, entry.marking, None)
    waits = Reduction(
        field="at_utc",
        before=utc_text(entry.at_tai_ns),
        after=_due_text(entry, precision),
        rule=Rule.DELAYED,
    )
    return (*((waits,) if precision.delay_s else ()), *made.reductions)


def _youngest(precision: Precision, now_tai_ns: int) -> int:
    return now_tai_ns - round(precision.delay_s * NANOSECONDS_A_SECOND)


def _due_text(entry: Entry, precision: Precision) -> str:
    return utc_text(entry.at_tai_ns + round(precision.delay_s * NANOSECONDS_A_SECOND), 0)


def _reduced(
    entry: Entry, content: bytes | None, precision: Precision, marking: Marking, youngest_tai_ns: int | None
) -> _Reduced:
    if lacking := sorted(precision.without & ALWAYS):
        raise CannotReduce(f"an entry cannot be without {', '.join(lacking)}; release another one")
    told = [reduced_field(field, precision, entry.marking) for field in entry.fields]
    fields = tuple(one[0] for one in told if isinstance(one, tuple))
    reductions = tuple(one[1] if isinstance(one, tuple) else one for one in told)
    if entry.content is None:
        return _Reduced(fields=fields, content=None, content_bytes=None, reductions=reductions)
    if "content" in precision.without:
        out = Reduction(field="content", before=entry.content.name, after="", rule=Rule.NAMED_OUT)
        return _Reduced(fields=fields, content=None, content_bytes=None, reductions=(*reductions, out))
    if content is None or digest_of_bytes(content) != entry.content.digest:
        raise CannotReduce(f"the bytes of {entry.content.name} are not here, or not those of the entry")
    if precision.is_full:
        return _whole(entry.content, content, fields, reductions)
    waits = youngest_tai_ns if precision.delay_s else None
    wanted = Wanted(precision=precision, marking=marking, youngest_tai_ns=waits)
    new, new_bytes, done = _reduced_content(entry, content, wanted)
    left_out: tuple[Field, ...] = () if new else ((LEFT_OUT, Rule.UNREDUCIBLE.value),)
    return _Reduced(
        fields=(*fields, *left_out), content=new, content_bytes=new_bytes, reductions=(*reductions, *done)
    )


def _whole(
    content: Content, content_bytes: bytes, fields: tuple[Field, ...], reductions: tuple[Reduction, ...]
) -> _Reduced:
    """Return a content as it is, under its own name unless that names what stays here."""
    leads = leads_outside(content.name, ())
    new = replace(content, name="content" + PurePath(content.name).suffix) if leads else content
    rule = Rule.LEADS_OUTSIDE_NAME if leads else Rule.AS_IT_IS
    goes = Reduction(field="content", before=content.name, after=new.name, rule=rule)
    return _Reduced(fields=fields, content=new, content_bytes=content_bytes, reductions=(*reductions, goes))


def _reduced_content(
    entry: Entry, content: bytes, wanted: Wanted
) -> tuple[Content | None, bytes | None, tuple[Reduction, ...]]:
    format_name, records = read_orbits(content, entry.realm, wanted.marking)
    if not records:
        assert entry.content is not None
        out = Reduction(field="content", before=entry.content.name, after="", rule=Rule.UNREDUCIBLE)
        return None, None, (out,)
    coarse = tuple(reduced(record, wanted) for record in records)
    name, new_bytes = written(format_name, coarse)
    kind, _, dress = name.partition("-")
    new = Content(
        digest=digest_of_bytes(new_bytes),
        media_type=MEDIA_TYPES[dress],
        name=f"{SAYS_HOW}.{kind}" + (f".{dress}" if dress != "kvn" else ""),
        size_bytes=len(new_bytes),
    )
    return new, new_bytes, tuple(_done(entry, new, records, coarse, wanted.precision))


def _done(
    entry: Entry,
    new: Content,
    records: tuple[Orbital, ...],
    coarse: tuple[Orbital, ...],
    precision: Precision,
) -> Iterator[Reduction]:
    assert entry.content is not None
    yield Reduction(
        field="content",
        before=f"{entry.content.name}, {len(records)} records",
        after=f"{new.name}, {len(coarse)} records",
        rule=Rule.FOLLOWS,
    )
    yield from told_of(records, coarse, precision)
