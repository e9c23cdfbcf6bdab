"""Does a happening keep its name when the watch moves on?"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from baken.operations.assess_picture import Assessment, assess_picture, keep_assessment
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Finding, Window, read_event_id
from baken.records.marking import Realm
from baken.store.home import open_home
from tests.makers import EPOCH_TAI_NS, HOUR_NS, broken_up, falling

DAY_NS = 86_400 * 10**9
TODAY_TAI_NS = 800_000_000 * 10**9


def test_two_that_stay_together_keep_their_event_when_its_peak_has_passed(tmp_path: Path) -> None:
    store = open_home(tmp_path, None).store
    # The peak of today's week lies at its start; tomorrow's week no longer holds it.
    names = [
        [str(event.event_id) for event in keep_assessment(store, seen(day), wall_s=1.0, at_tai_ns=day)]
        for day in (TODAY_TAI_NS, TODAY_TAI_NS + DAY_NS, TODAY_TAI_NS + 3 * DAY_NS)
    ]
    store.close()
    assert names[0] == names[1] == names[2]


def seen(start_tai_ns: int) -> Assessment:
    """Return what a watch of a week sees of two objects that are together all the time."""
    window = Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + 7 * DAY_NS)
    company = Finding(
        kind=EventKind.PROXIMITY,
        encounter_key=f"a/b@{start_tai_ns}",
        object_ids=("a", "b"),
        start_tai_ns=window.start_tai_ns,
        peak_tai_ns=window.start_tai_ns,
        end_tai_ns=window.end_tai_ns,
        measures=(),
        because="in company",
    )
    detection = Detection(kind=company.kind, window=window, findings=(company,), table=pl.DataFrame())
    picture = Picture(as_of_tai_ns=start_tai_ns, choices=(), realm=Realm.REAL)
    return Assessment(picture=picture, window=window, detections=(detection,))


@dataclass(frozen=True)
class Foretells:
    """A detector that says what it was made to say."""

    findings: tuple[Finding, ...]
    kind: EventKind
    name: str = "foretells"
    account_names: tuple[str, ...] = ()

    def detect(self, picture, motion, window, *, run):
        return Detection(kind=self.kind, window=window, findings=self.findings, table=pl.DataFrame())


def names_of_looks(store, *looks: Finding) -> list[str]:
    """Return under which name each of several turns of the watch kept what it was told."""
    names = []
    for hour, finding in enumerate(looks):
        start = EPOCH_TAI_NS + hour * HOUR_NS
        picture = Picture(as_of_tai_ns=start, choices=(), realm=Realm.REAL)
        window = Window(start_tai_ns=start, end_tai_ns=start + 7 * DAY_NS)
        seen = assess_picture(picture, window, [Foretells((finding,), finding.kind)], run=map)
        (event,) = keep_assessment(store, seen, wall_s=1.0, at_tai_ns=start)
        names.append(str(event.event_id))
    return names


def test_a_reentry_keeps_its_name_while_its_window_moves_by_days(tmp_path: Path) -> None:
    store = open_home(tmp_path, None).store
    names = names_of_looks(
        store, falling(hours=200.0), falling(hours=90.0), falling(hours=96.0), falling("OBJ-X")
    )
    assert names == ["LOCAL-RE26-0001"] * 3 + ["LOCAL-RE26-0002"]
    history = store.history_of(read_event_id(names[0]), realm=Realm.REAL)
    assert [round((kept.finding.peak_tai_ns - EPOCH_TAI_NS) / HOUR_NS) for kept in history] == [200, 90, 96]
    store.close()


def test_a_breakup_keeps_its_name_as_pieces_become_known(tmp_path: Path) -> None:
    store = open_home(tmp_path, None).store
    names = names_of_looks(
        store,
        broken_up("OBJ-P", "OBJ-Q"),
        broken_up("OBJ-R", "OBJ-Q", "OBJ-P", hours=-29.0),
        broken_up("OBJ-P", hours=-200.0),
        broken_up("OBJ-P", parent_norad_cat_id=7),
        broken_up("OBJ-P", "OBJ-S", parent_norad_cat_id=None),
    )
    store.close()
    first, second, third = (f"LOCAL-FR26-{n:04d}" for n in (1, 2, 3))
    assert names[:4] == [first, first, second, third]
    # Nobody names the parent any more: it joins an event with which it has a piece in common.
    assert names[4] in {first, third}


def test_two_findings_of_one_turn_never_join_one_event(tmp_path: Path) -> None:
    store = open_home(tmp_path, None).store
    names_of_looks(store, falling(hours=100.0))
    picture = Picture(as_of_tai_ns=EPOCH_TAI_NS, choices=(), realm=Realm.REAL)
    window = Window(start_tai_ns=EPOCH_TAI_NS, end_tai_ns=EPOCH_TAI_NS + 7 * DAY_NS)
    both = Foretells((falling(hours=100.0), falling(hours=120.0)), EventKind.REENTRY)
    events = keep_assessment(
        store, assess_picture(picture, window, [both], run=map), wall_s=1.0, at_tai_ns=EPOCH_TAI_NS
    )
    store.close()
    assert len({event.event_id for event in events}) == 2
