"""Does a happening keep its name when the watch moves on?"""

from pathlib import Path

import polars as pl

from baken.operations.assess_picture import Assessment, keep_assessment
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Finding, Window
from baken.records.marking import Realm
from baken.store.home import open_home

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
