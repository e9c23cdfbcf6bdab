"""One entry as it would go: as a new item with less in it, or as it is, in a dossier; field by field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from baken.errors import WrongUsage
from baken.operations.evidence_ports import EvidenceLog
from baken.records.bundle import BundleItem, ItemFile, ItemKind
from baken.records.ephemeris import Ephemeris
from baken.records.evidence import SECRET_FIELDS, Entry, Field, KeptEntry, Value
from baken.records.lineage import digest_of_json
from baken.records.marking import Marking
from baken.records.orbit import ElementSet
from baken.records.orbit_state import OrbitState
from baken.records.precision import Precision
from baken.records.reduction import Reduction, Rule
from baken.records.release import Piece
from baken.records.release_view import FieldView
from baken.records.terms import Terms
from baken.share.label import allows_no_more
from baken.share.reduce_entry import explain_reduction, reduce_entry
from baken.share.reduce_orbit import read_orbits
from baken.share.references import leads_outside

LISTED_CONTENTS = "attachments"
CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """In which form something goes: under which name, how precisely, under which label and terms."""

    item_id: str
    title: str
    precision: Precision
    label: Marking
    terms: Terms
    at_tai_ns: int
    made_by: str


def kind_of(log: EvidenceLog, entry: Entry) -> str:
    """Return what an entry is to policy: an orbit when all its content tells one, else what it is here."""
    return _kind(log, entry, (ElementSet, Ephemeris, OrbitState))


def _item_kind(log: EvidenceLog, entry: Entry) -> str:
    """Return what an entry is to whom it goes: an orbit when his store could keep it as one."""
    return _kind(log, entry, (ElementSet, Ephemeris))


def _kind(log: EvidenceLog, entry: Entry, orbits: tuple[type, ...]) -> str:
    content = _content(log, entry)
    _, records = ("", ()) if content is None else read_orbits(content, entry.realm)
    is_orbit = bool(records) and all(isinstance(one, orbits) for one in records)
    return ItemKind.ORBIT.value if is_orbit else entry.kind.value


def new_item(
    log: EvidenceLog, kept: KeptEntry, form: Form, held_back: Mapping[str, str]
) -> tuple[BundleItem, Piece, tuple[FieldView, ...]]:
    """Return what goes in the place of an entry, and what became of each of its fields.

    ``held_back`` are fields that may not go, each with the rule that says so.  What names anything that does
    not go along is left out too.
    Raises: CannotReduce when it is too young, or cannot be told as coarsely as asked; WrongUsage for a kind
    of entry that goes only with its case.
    """
    content = _content(log, kept.entry)
    kind = _item_kind(log, kept.entry)
    if kind not in set(ItemKind):
        raise WrongUsage(f"{kept.entry_id} is of kind {kind}; such an entry goes only with its case, whole")
    fields = tuple(each for each in kept.entry.fields if each[0] not in held_back)
    allowed = replace(kept.entry, fields=fields, marking=kept.marking)
    made, made_bytes = reduce_entry(
        allowed, content, form.precision, marking=form.label, at_tai_ns=form.at_tai_ns, actor=form.made_by
    )
    dropped = {name: why for name, value in made.fields if (why := _objection(name, value))}
    told = tuple((name, value) for name, value in made.fields if name not in dropped)
    item = _item(kept, ItemKind(kind), form, told, _file(made, made_bytes))
    # Its content says its label, which is that of what goes; its narrower fields are those it has here.
    as_it_goes = replace(form.label, of_fields=kept.marking.of_fields)
    explained = explain_reduction(replace(allowed, marking=as_it_goes), content, form.precision)
    views = tuple(_views(kept.entry, {**held_back, **dropped}, told, explained))
    names = [*(name for name, _ in told), *([CONTENT] if item.file else [])]
    return item, _piece(kept, digest_of_item(item), names), views


def _item(
    kept: KeptEntry, kind: ItemKind, form: Form, told: tuple[Field, ...], file: ItemFile | None
) -> BundleItem:
    try:
        return BundleItem(
            item_id=form.item_id,
            kind=kind,
            title=form.title or value_text(dict(told).get("title", kind.value)),
            marking=form.label,
            terms=form.terms,
            told=told,
            file=file,
        )
    except ValueError as error:
        raise WrongUsage(f"{kept.entry_id} cannot go so: {error}; give --title, or leave it out") from error


def digest_of_item(item: BundleItem) -> str:
    """Return the digest of all that an item says, with its file: what a person signs for."""
    file = item.file and [item.file.name, item.file.media_type, item.file.digest]
    return digest_of_json(
        [item.kind.value, item.title, [[name, _json(value)] for name, value in item.told], file]
    )


def whole_piece(
    kept: KeptEntry, held_back: Mapping[str, str], inside: Collection[str]
) -> tuple[Piece, tuple[FieldView, ...]]:
    """Return an entry as it goes in a dossier, field by field as it is; what names anything else stays here.

    ``inside`` are the names of what goes along.
    """
    out = {**_kept_here(kept.entry, inside), **held_back}
    out = {**_labels_of_others(kept, out), **out}
    views = tuple(
        FieldView(
            name=name,
            before="" if name in SECRET_FIELDS else value_text(value),
            after=None if name in out else value_text(value),
            rule=out.get(name, Rule.AS_IT_IS.value),
        )
        for name, value in kept.entry.disclosable
    )
    going = [(name, value) for name, value in kept.entry.disclosable if name not in out]
    digest = digest_of_json([[name, _json(value)] for name, value in going])
    return _piece(kept, digest, [name for name, _ in going]), views


def _kept_here(entry: Entry, inside: Collection[str]) -> dict[str, str]:
    """Return the fields that go with no dossier, each with the rule that says so."""
    outside = [name for name, value in entry.disclosable if leads_outside(value, inside)]
    secret = [name for name, _ in entry.disclosable if name in SECRET_FIELDS]
    return dict.fromkeys(outside, Rule.LEADS_OUTSIDE.value) | dict.fromkeys(secret, Rule.SECRET.value)


def _labels_of_others(kept: KeptEntry, out: Collection[str]) -> dict[str, str]:
    """Return the fields that stay since a label would tell of others that do, each with the rule."""
    labelled = {name for name, _ in kept.entry.marking.of_fields}
    going = fields_without(kept, labelled & set(out))
    silent = [name for name, _ in kept.entry.disclosable if name not in going and name not in out]
    return dict.fromkeys(silent, Rule.LABEL_OF_OTHERS.value)


def fields_without(kept: KeptEntry, held: Collection[str]) -> frozenset[str]:
    """Return the fields of an entry that go where some are held back.

    The labels of fields are one field.  Where it would tell of a field that is held back it stays here, and
    with it whatever it labels; and so does a label that says more than the one that stands.
    """
    names = {name for name, _ in kept.entry.disclosable} - set(held)
    if held:
        names -= {"marking_of_fields", *(name for name, _ in kept.entry.marking.of_fields)}
    if not allows_no_more(kept.entry.marking, kept.marking):
        names = {name for name in names if "marking_" not in name}
    return frozenset(names)


def value_text(value: Value) -> str:
    """Return a value of a field as a person reads it in a table.

    >>> value_text(("a", 1.5, None)), value_text(True)
    ('a, 1.5, –', 'True')
    """
    if isinstance(value, tuple):
        return ", ".join(map(value_text, value))
    return "–" if value is None else str(value)


def _objection(name: str, value: Value) -> str:
    if name == LISTED_CONTENTS:
        return Rule.LISTS_OTHERS.value
    return Rule.LEADS_OUTSIDE.value if leads_outside(value, ()) else ""


def _views(
    entry: Entry, out: Mapping[str, str], told: Sequence[Field], explained: Sequence[Reduction]
) -> Iterator[FieldView]:
    """Yield what became of each field of an entry, then of what is in its content."""
    goes, rules = dict(told), {one.field: one.rule.value for one in explained}
    for name, value in entry.fields:
        before = "" if name in SECRET_FIELDS else value_text(value)
        after = value_text(goes[name]) if name in goes else None
        yield FieldView(name=name, before=before, after=after, rule=out.get(name) or rules[name])
    own = {name for name, _ in entry.fields}
    for one in explained:
        if one.field not in own:
            yield FieldView(name=one.field, before=one.before, after=one.after or None, rule=one.rule.value)


def _piece(kept: KeptEntry, digest: str, names: Sequence[str]) -> Piece:
    return Piece(
        entry_id=kept.entry_id,
        subject=kept.entry.subject,
        digest=digest,
        names=tuple(names),
    )


def _content(log: EvidenceLog, entry: Entry) -> bytes | None:
    return None if entry.content is None else log.content(entry.content.digest)


def _file(made: Entry, made_bytes: bytes | None) -> ItemFile | None:
    if made.content is None or made_bytes is None:
        return None
    return ItemFile(name=made.content.name, media_type=made.content.media_type, content=made_bytes)


def _json(value: Value) -> object:
    return [_json(each) for each in value] if isinstance(value, tuple) else value
