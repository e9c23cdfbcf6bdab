"""Does anything of what is withheld from a recipient reach him by another way?"""

import base64
import io
import json
import zipfile
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.operations.build_dossier import Held, releases_of
from baken.records.evidence import Content, Entry, EntryKind
from baken.records.hypothesis import Fit
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import OWNER_ONLY, Marking, Realm
from tests.operations.cases import NOON_TAI_NS, desk_of, opened
from tests.operations.dossiers import SmallCase, asked_of, built_of

RECIPIENTS = ("DE", "FR")
LABELS = [
    OWNER_ONLY,
    *(Marking(owner="NL", releasable_to=frozenset(names)) for names in (["DE"], ["FR"], ["DE", "FR"])),
]
# What weighing asks of each kind, beside a text that nobody could guess.
WEIGHED = {
    EntryKind.STATEMENT: (),
    EntryKind.DOCUMENT: (),
    EntryKind.NOTE: (),
    EntryKind.GAP: (),
    EntryKind.DISSENT: (),
    EntryKind.HYPOTHESIS: (("hypothesis_id", "flare"), ("benign", True)),
    EntryKind.ESTIMATE: (("hypothesis_id", "debris"), ("likelihood", "likely"), ("confidence", "low")),
    EntryKind.GRADE: (("piece", "EV-1"), ("reliability", "B"), ("credibility", "2")),
    EntryKind.RATING: (("piece", "EV-1"), ("hypothesis_id", "debris"), ("fit", Fit.INCONSISTENT.value)),
}


@dataclass(frozen=True)
class Told:
    kind: EntryKind
    marking: Marking
    held: str | None


told_entries = st.lists(
    st.builds(
        Told,
        kind=st.sampled_from(list(WEIGHED)),
        marking=st.sampled_from(LABELS),
        held=st.sampled_from([None, None, "text", "title", "because", "actor", "all"]),
    ),
    min_size=1,
    max_size=8,
)


def secret(number: int, name: str) -> str:
    return f"zq{number}{name}qz"


def case_of(told: list[Told]) -> SmallCase:
    """Return a case in which everything said is a text that stands nowhere else."""
    desk = desk_of()
    incident = opened(desk)
    # Something for everybody, so that nobody is refused.
    desk.keep(_entry(desk, str(incident.incident_id), 1, Told(EntryKind.STATEMENT, LABELS[-1], None)))
    for number, one in enumerate(told, 2):
        desk.keep(_entry(desk, str(incident.incident_id), number, one))
    return SmallCase(desk, incident)


def _entry(desk, subject: str, number: int, one: Told) -> Entry:
    content = secret(number, "content").encode()
    names = ("text", "title", "because", "independence_group")
    return Entry(
        kind=one.kind,
        subject=subject,
        actor=secret(number, "actor"),
        at_tai_ns=NOON_TAI_NS,
        fields=(*((name, secret(number, name)) for name in names), *WEIGHED[one.kind]),
        content=Content(
            digest=desk.log.keep_content(content),
            media_type="text/plain",
            name=secret(number, "name"),
            size_bytes=len(content),
        ),
        realm=Realm.REAL,
        marking=one.marking,
        lineage=Lineage(
            method=secret(number, "method"),
            sources=(Source(name=secret(number, "source"), digest=digest_of_bytes(content)),),
        ),
    )


def held_of(told: list[Told]) -> tuple[Held, ...]:
    return tuple(
        Held(sequence=number, field=None if one.held == "all" else one.held)
        for number, one in enumerate(told, 2)
        if one.held
    )


def read_whole(content: bytes) -> str:
    """Return all a recipient can read in a copy, also what is written as base64."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    inner = [base64.b64decode(json.loads(files[name])["payload"]) for name in ("dossier.json", "copy.json")]
    return b"\n".join([*files.values(), *inner]).decode("utf-8", "replace") + "\n".join(files)


@given(told_entries)
@settings(max_examples=40)
def test_nothing_that_is_withheld_is_told_anywhere_in_a_copy(told):
    case = case_of(told)
    held = held_of(told)
    built = built_of(case, held=held, recipients=RECIPIENTS)
    for release in releases_of(case.desk.log, asked_of(case, held=held, recipients=RECIPIENTS)):
        whole, number = read_whole(built.copies[release.recipient]), release.kept.sequence
        for name, value in release.kept.entry.fields:
            if name not in release.names and value == secret(number, name):
                assert value not in whole
        others = {"actor": "actor", "name": "content_name", "content": "content_digest"}
        others |= {"method": "made_by_method", "source": "made_from"}
        for name, field in others.items():
            if field not in release.names:
                assert secret(number, name) not in whole


def test_this_would_see_what_is_told():
    told = [Told(EntryKind.STATEMENT, LABELS[1], None)]
    copies = built_of(case_of(told), recipients=RECIPIENTS).copies
    for name in ("text", "title", "actor", "name", "content", "method", "source"):
        assert secret(2, name) in read_whole(copies["DE"])
        assert secret(2, name) not in read_whole(copies["FR"])


@pytest.mark.parametrize("recipient", RECIPIENTS)
def test_who_else_got_a_copy_is_not_told(recipient):
    case = case_of([])
    built_of(case, recipients=("DE", "FR", "NL"))
    other = next(name for name in RECIPIENTS if name != recipient)
    whole = read_whole(built_of(case, recipients=(recipient,)).copies[recipient])
    assert f"for {other}" not in whole
