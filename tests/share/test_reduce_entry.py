"""Does an entry that goes out say no more than was asked, and lead nowhere back?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from baken.formats.sniff import read_any
from baken.operations.export_catalogue import text_of
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.evidence import Content, Entry, EntryKind
from baken.records.lineage import Lineage, Source, digest_of_bytes
from baken.records.marking import Marking, Realm
from baken.records.precision import FULL, Precision, precision_from_text
from baken.records.reduction import Rule
from baken.share.carry import carried
from baken.share.reduce_entry import explain_reduction, is_due, reduce_entry
from baken.share.wanted import CannotReduce
from tests.makers import element_set

CCSDS = Path(__file__).parent.parent / "authorities" / "ccsds"
COARSE = precision_from_text(
    "epoch=1min position=1km velocity=1m/s sigma=1km sigma-velocity=1m/s digits=2 without=sensor"
)
FOR_DE = Marking(owner="NL", releasable_to=frozenset({"DE"}))
SAID_TAI_NS = 823_264_463_939_456_789
NOW_TAI_NS = SAID_TAI_NS + 86_400_000_000_000
SECRETS = ("TIRA", "Invented", "From the filter", "2026/0001", "First burn", "BAKEN duty", "streak-of-tira")
FIELDS = (
    ("title", "A pass seen by TIRA"),
    ("sensor", "TIRA"),
    ("observed_from_tai_ns", "823264463939456789"),
    ("norad_cat_id", 799_500_124),
    ("miss_distance_m", 1499.0),
    ("sigma_radial_m", 1000.5),
    ("relative_speed_m_s", 14_762.4),
    ("peak_tai_ns", "823264463939456789"),
    ("tca_utc", "2026-02-01T12:34:56.123Z"),
    ("probability", 1.234e-5),
    ("inclination_deg", 97.512345),
    ("altitudes_km", (512.4, 498.6)),
    ("mean_motion_rad_s", 1.1068206557e-3),
    ("gravity_m3_s2", 3.986e14),
    ("covariance_m2_s", 12.5),
    ("finding_digest", "sha256:" + "0" * 64),
    ("n_tracks_used", 3),
    ("code", "letmein"),
)


def entry_of(name: str = "", **changes: object) -> tuple[Entry, bytes | None]:
    """Return an entry with every kind of field, and the message it brought."""
    content = (CCSDS / name).read_bytes() if name else None
    kept = None
    if content is not None:
        kept = Content(
            digest=digest_of_bytes(content),
            media_type="text/plain",
            name="streak-of-tira.txt",
            size_bytes=len(content),
        )
    lineage = Lineage(sources=(Source(name="tira", digest="sha256:1"),), method="seen")
    entry = Entry(
        kind=EntryKind.OBSERVATION,
        subject="NL-2026-0001",
        actor="analyst of TIRA",
        at_tai_ns=SAID_TAI_NS,
        fields=FIELDS,
        content=kept,
        lineage=lineage,
        realm=Realm.EXERCISE,
    )
    return replace(entry, **changes), content


def sent(entry: Entry, content: bytes | None, precision: Precision) -> tuple[Entry, bytes | None]:
    return reduce_entry(entry, content, precision, marking=FOR_DE, at_tai_ns=NOW_TAI_NS, actor="officer")


def test_every_field_goes_by_the_grid_its_name_asks_for_or_not_at_all():
    new, _ = sent(*entry_of(), COARSE)
    assert dict(new.fields) == {
        "norad_cat_id": 799_500_124,
        "miss_distance_m": 1000.0,
        "sigma_radial_m": 2000.0,
        "relative_speed_m_s": 14_762.0,
        "peak_tai_ns": "823264477000000000",
        "tca_utc": "2026-02-01T12:35:00.000Z",
        "probability": 1.2e-5,
        "inclination_deg": 97.51,
        "altitudes_km": (512.0, 499.0),
        "reduced": COARSE.text,
    }


@pytest.mark.parametrize("name", ["state.opm", "element_set.omm", "element_set.xml", "conjunction.cdm"])
def test_nothing_that_leads_back_is_anywhere_in_what_goes_out(name):
    entry, content = entry_of(name)
    new, new_bytes = sent(entry, content, COARSE)
    assert new_bytes is not None
    everything = repr(new.disclosable) + new_bytes.decode()
    assert [secret for secret in (*SECRETS, entry.content.digest) if secret in everything] == []
    assert digest_of_bytes(new_bytes) == new.content.digest != entry.content.digest
    assert (new.kind, new.realm, new.marking) == (entry.kind, Realm.EXERCISE, FOR_DE)
    assert (new.actor, new.at_tai_ns, new.lineage.sources) == ("officer", NOW_TAI_NS, ())


@pytest.mark.parametrize("name", ["state.opm", "element_set.omm", "element_set.xml", "conjunction.cdm"])
def test_what_goes_out_reads_back_without_a_fault(name):
    _, new_bytes = sent(*entry_of(name), COARSE)
    reading = read_any(new_bytes)
    assert (len(reading.records), reading.rejected, reading.deviations) == (1, (), ())


def test_a_release_of_the_same_item_again_tells_nothing_new():
    entry, content = entry_of("state.opm")
    once = sent(entry, content, COARSE)
    again = reduce_entry(entry, content, COARSE, marking=FOR_DE, at_tai_ns=NOW_TAI_NS + 1, actor="another")
    assert (once[1], once[0].fields) == (again[1], again[0].fields)


def test_a_number_whose_grid_was_not_said_does_not_go():
    new, _ = sent(*entry_of(), Precision())
    assert [name for name, _ in new.fields] == ["norad_cat_id", "reduced"]


def test_a_state_whose_grid_was_not_said_is_refused():
    with pytest.raises(CannotReduce, match="velocity_m_s"):
        sent(*entry_of("state.opm"), precision_from_text("epoch=1min position=1km"))


def test_a_whole_item_goes_whole_but_for_what_speaks_in_somebodys_place():
    entry, content = entry_of("state.opm")
    new, new_bytes = sent(entry, content, FULL)
    assert new.fields == tuple(field for field in FIELDS if field[0] != "code")
    assert (new_bytes, new.content, new.lineage) == (content, entry.content, entry.lineage)


def test_a_field_with_a_narrower_label_goes_only_when_it_is_kept_by_name():
    narrow = Marking(owner="NL", of_fields=(("title", Marking(owner="NL")),))
    entry, content = entry_of(marking=narrow)
    assert "title" not in dict(sent(entry, content, FULL)[0].fields)
    kept = replace(FULL, keep=frozenset({"title"}))
    assert dict(sent(entry, content, kept)[0].fields)["title"] == "A pass seen by TIRA"


def test_without_one_field_the_numbers_stay_and_the_text_goes():
    entry, content = entry_of("state.opm")
    new, new_bytes = sent(entry, content, precision_from_text("full without=sensor"))
    assert dict(new.fields)["miss_distance_m"] == 1499.0
    assert [word in new_bytes for word in (b"7012.5", b"CX_X = 0.00025", b"Invented")] == [True, True, False]


@pytest.mark.parametrize("name", ["tracking.tdm", "orbit.ocm", "reentry.rdm"])
def test_content_that_cannot_be_reduced_stays_here_and_the_entry_says_so(name):
    new, new_bytes = sent(*entry_of(name), COARSE)
    assert (new.content, new_bytes) == (None, None)
    assert new.text("content_left_out") == Rule.UNREDUCIBLE


def test_content_that_is_not_the_entrys_is_refused():
    entry, _ = entry_of("state.opm")
    for wrong in (None, b"CCSDS_OPM_VERS = 3.0"):
        with pytest.raises(CannotReduce, match="not here"):
            sent(entry, wrong, COARSE)


def test_an_entry_is_not_told_before_its_delay_is_over():
    late = replace(COARSE, delay_s=86_401.0)
    entry, content = entry_of()
    due = [is_due(entry, late, now_tai_ns) for now_tai_ns in (NOW_TAI_NS, NOW_TAI_NS + 1_000_000_000)]
    assert due == [False, True]
    with pytest.raises(CannotReduce, match="from 2026-02-02"):
        sent(entry, content, late)


def test_a_state_younger_than_the_delay_is_refused_though_its_entry_is_older():
    entry, content = entry_of("state.opm", at_tai_ns=SAID_TAI_NS - 10**15)
    with pytest.raises(CannotReduce, match="younger"):
        sent(entry, content, replace(COARSE, delay_s=86_390.0))


@pytest.mark.parametrize("name", ["subject", "realm", "actor"])
def test_what_every_entry_says_cannot_be_left_out(name):
    with pytest.raises(CannotReduce, match=name):
        sent(*entry_of(), replace(COARSE, without=frozenset({name})))


@pytest.mark.parametrize("name", ["", "state.opm", "element_set.omm", "conjunction.cdm", "tracking.tdm"])
def test_the_dry_run_tells_of_every_field_what_will_be_done(name):
    entry, content = entry_of(name)
    told = {one.field: one for one in explain_reduction(entry, content, COARSE)}
    new, _ = sent(entry, content, COARSE)
    assert {field for field, _ in entry.fields} <= set(told)
    for field, value in new.fields:
        assert field in ("reduced", "content_left_out") or told[field].after == str(value)
    gone = {field for field, _ in entry.fields} - {field for field, _ in new.fields}
    assert {field for field, one in told.items() if not one.after and "content" not in field} == gone
    assert (told["sensor"].rule, told["code"].rule) == (Rule.NAMED_OUT, Rule.SECRET)
    assert "letmein" not in repr(told)


SKY = text_of([element_set(900_001), element_set(900_002)], "omm-json")
TABLE = text_of([element_set(900_001)], "omm-csv")


@pytest.mark.parametrize("content", [(CCSDS / "element_set.omm").read_bytes(), SKY, TABLE])
def test_what_goes_out_says_its_world_and_its_label_to_whoever_imports_it(content):
    entry, _ = entry_of("element_set.omm")
    labelled = replace(entry, content=replace(entry.content, digest=digest_of_bytes(content)))
    new_bytes = sent(labelled, content, COARSE)[1]
    found = read_catalogue(NamedContent(name="theirs", content=new_bytes), Provenance()).element_sets
    assert {(one.realm, one.marking) for one in found} == {(Realm.EXERCISE, FOR_DE)}
    real = replace(labelled, realm=Realm.REAL)
    assert b"BAKEN_REALM" not in sent(real, content, COARSE)[1]


def test_content_of_another_world_than_its_entry_is_refused():
    entry, content = entry_of("element_set.omm")
    _, exercise = sent(entry, content, COARSE)
    kept = replace(entry.content, digest=digest_of_bytes(exercise))
    with pytest.raises(CannotReduce, match="not of REAL"):
        sent(replace(entry, content=kept, realm=Realm.REAL), exercise, COARSE)


@pytest.mark.parametrize("name", ["state.opm", "ephemeris.oem", "element_set.omm"])
def test_a_label_in_a_comment_counts_in_every_message(name):
    content = (CCSDS / name).read_bytes().replace(b"COMMENT", b"COMMENT MARKING FR: FR\nCOMMENT", 1)
    entry, _ = entry_of(name)
    labelled = replace(entry, content=replace(entry.content, digest=digest_of_bytes(content)))
    with pytest.raises(CannotReduce, match="label of its own"):
        sent(labelled, content, replace(COARSE, epoch_s=1.0))


@pytest.mark.parametrize(
    ("said", "goes"),
    [("FR: DE, FR, NL", False), ("", True), ("NL: NL", True), ("for friends, mostly", False)],
)
def test_content_with_a_label_of_somebody_else_stays_with_whoever_may_lower_it(said, goes):
    words = f"COMMENT MARKING {said}\nTCA =" if said else "TCA ="
    content = (CCSDS / "conjunction.cdm").read_bytes().replace(b"TCA =", words.encode(), 1)
    entry, _ = entry_of("conjunction.cdm")
    labelled = replace(entry, content=replace(entry.content, digest=digest_of_bytes(content)))
    if goes:
        assert sent(labelled, content, COARSE)[1] is not None
    else:
        with pytest.raises(CannotReduce, match="label of its own"):
            sent(labelled, content, COARSE)


def test_a_message_reads_back_as_the_object_at_the_epoch_it_names():
    entry, content = entry_of("state.opm")
    (was,), (told,) = (read_any(each).records for each in (content, sent(entry, content, COARSE)[1]))
    after_s = (told.epoch_tai_ns - was.epoch_tai_ns) / 1e9
    there = carried(was.frame, np.array(was.position_m), np.array(was.velocity_m_s), after_s)
    assert (told.frame, round(after_s, 3)) == (was.frame, 13.061)
    assert np.abs(told.position_m - there.position_m).max() <= 500.0
    assert np.abs(told.velocity_m_s - there.velocity_m_s).max() <= 0.5
