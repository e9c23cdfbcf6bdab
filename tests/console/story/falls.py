"""A stage comes down: it was looked at on each of four days, and the home answers for two regions of air."""

import json
from dataclasses import replace

from baken.assess.reentry.conditions import air_of
from baken.assess.reentry.detector import ReentryDetector, longest_day
from baken.assess.reentry.finding import finding_of
from baken.astro.time import utc_text
from baken.exercise.staged_sky import FALLING
from baken.operations.assess_picture import AS_OF, WINDOW_END, WINDOW_START
from baken.operations.taken_back import NOTHING_TAKEN_BACK
from baken.records.catalogue import Picture
from baken.records.event import Finding, Window
from baken.records.lineage import NO_FILE, settings_of
from baken.records.marking import Realm
from baken.wiring.skies import DAY_NS, stored_sky
from tests.console.story.homes import NOW_TAI_NS, Door

DAYS, LOOKS = 7.0, 4
DETECTOR = ReentryDetector()
# Invented, as their names say: nobody's airspace.
REGIONS = {"XNOR": ("NORTH INVENTED FIR", -12, 44, 28, 61), "XSOU": ("SOUTH INVENTED FIR", 95, -42, 160, -8)}


def tell(door: Door) -> None:
    """Answer for two regions, and look at the stage that falls once a day."""
    answer_for_regions(door)
    # The air of the last look holds for those before it: it reaches back two months.
    air = air_of(NOW_TAI_NS, longest_day(_picture(door, NOW_TAI_NS), _window(NOW_TAI_NS)))
    for days_ago in reversed(range(LOOKS)):
        then_tai_ns = NOW_TAI_NS - days_ago * DAY_NS
        picture, window = _picture(door, then_tai_ns), _window(then_tai_ns)
        (stage,) = (es.identity.object_id for es in picture.element_sets if es.identity.name == FALLING)
        seen = DETECTOR.look_again(picture, stage, window, air=air)
        assert seen is not None
        found = _telling_how(finding_of(seen, window), picture, window)
        door.service.store.keep_findings([found], node="SIM", at_tai_ns=then_tai_ns)


def answer_for_regions(door: Door) -> None:
    """Put two boxes into the home as regions of air."""
    folder = door.home / "regions"
    folder.mkdir(exist_ok=True)
    features = [_feature(code, *told) for code, told in REGIONS.items()]
    told = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "invented_firs.geojson").write_text(told)


def _feature(code: str, name: str, west: float, south: float, east: float, north: float) -> dict:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"NAME": name, "ICAO": code}, "geometry": geometry}


def _picture(door: Door, then_tai_ns: int) -> Picture:
    sky = stored_sky(
        door.service.store,
        realm=Realm.SIMULATED,
        now_tai_ns=then_tai_ns,
        taken_back=NOTHING_TAKEN_BACK,
        until_tai_ns=then_tai_ns,
    )
    assert sky is not None
    return sky.picture()


def _window(then_tai_ns: int) -> Window:
    return Window(start_tai_ns=then_tai_ns, end_tai_ns=then_tai_ns + round(DAYS * DAY_NS))


def _telling_how(finding: Finding, picture: Picture, window: Window) -> Finding:
    """Return a finding that tells how to see it again, as those of the watch do."""
    how = {
        "altitude_m": DETECTOR.altitude_m,
        "least_probability": DETECTOR.least_probability,
        "n_members": DETECTOR.n_members,
        "space_weather": NO_FILE,
        AS_OF: utc_text(picture.as_of_tai_ns, 9),
        WINDOW_START: utc_text(window.start_tai_ns, 9),
        WINDOW_END: utc_text(window.end_tai_ns, 9),
    }
    settings = settings_of({**dict(finding.lineage.settings), **how})
    return replace(finding, lineage=replace(finding.lineage, settings=settings))
