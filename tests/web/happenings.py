"""A home in which one stage comes down and another broke up, each under a label of the test's choice."""

from dataclasses import dataclass, replace
from pathlib import Path

from starlette.testclient import TestClient

from baken.astro.time import tai_ns_from_utc
from baken.exercise.staged_sky import staged_past
from baken.operations.assess_picture import assess_picture
from baken.operations.keep_sky import keep_sky
from baken.operations.ports import Detector
from baken.operations.read_as import read_as
from baken.records.catalogue import Catalogue, Past
from baken.records.event import Event, Window
from baken.records.marking import Marking, Realm
from baken.records.reader import Reader
from baken.report.words import Phrase
from baken.store.home import Home, open_home
from baken.web.app import application
from baken.web.entrance import reader_of_request
from baken.web.service import Service
from baken.wiring.skies import DAY_NS, Sky, drawn_sky, drawn_stage
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES
from tests.operations.two_worlds import FOR_HIM, ForGermany
from tests.web.conftest import HOST

NOW_TAI_NS = tai_ns_from_utc("2026-11-26T00:00:00Z")
N_OTHERS, DAYS = 300, 7.0
FALLING, BROKEN, FIRST_PIECE = 890_000_001, 890_000_002, 890_000_003
N_PIECES = 24
HE = Reader(
    name="he", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL, Realm.SIMULATED})
)


@dataclass(frozen=True)
class Happenings:
    """The home, its keeper's client and that of a reader whom some labels leave out."""

    home: Home
    service: Service
    keeper: TestClient
    he: TestClient

    @property
    def event(self) -> Event:
        (found,) = self.home.store.events(Realm.SIMULATED)
        return found

    def get(self, noun: str, *, of: TestClient | None = None, **params: object) -> dict:
        answer = (of or self.keeper).get(f"/api/v1{noun}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()


def happen(
    folder: Path, detector: Detector, *, orbits: dict[int, Marking], finding: Marking = FOR_HIM
) -> Happenings:
    """Keep a small sky with what is staged in it, and what a detector found; what is not named is for him."""
    home = open_home(folder, None)
    sky = _sky(orbits)
    home.store.name_node("NL")
    window = Window(start_tai_ns=NOW_TAI_NS, end_tai_ns=NOW_TAI_NS + round(DAYS * DAY_NS))
    (detection,) = assess_picture(sky.picture(), window, [detector], run=map).detections
    found = [replace(one, marking=finding) for one in detection.findings]
    home.store.keep_findings(found, node="NL", at_tai_ns=NOW_TAI_NS)
    keep_sky(home.store, sky.catalogue, sky.past, at_tai_ns=NOW_TAI_NS)
    service = Service(
        store=home.store, log=home.log, actor="keeper", rules=RULES, now_tai_ns=lambda: NOW_TAI_NS,
        luck=CountedLuck(), home=folder, lend=lambda _: read_as(ForGermany(), home.store, home.log),
    )  # fmt: skip
    return Happenings(home, service, _client(service), _client(service, HE))


def _client(service: Service, reader: Reader | None = None) -> TestClient:
    app = application(service, hosts={HOST}, version="test")
    if reader is not None:
        app.dependency_overrides[reader_of_request] = lambda: reader
    return TestClient(app, base_url=f"http://{HOST}")


def _sky(labels: dict[int, Marking]) -> Sky:
    drawn = drawn_sky(seed=5, n_objects=N_OTHERS, epoch_tai_ns=NOW_TAI_NS)
    staged = drawn_stage(seed=5, epoch_tai_ns=NOW_TAI_NS)
    past = staged_past(staged, drawn.element_sets, epoch_tai_ns=NOW_TAI_NS)

    def labelled(sets):
        return tuple(replace(es, marking=labels.get(es.identity.norad_cat_id, FOR_HIM)) for es in sets)

    return Sky(
        catalogue=Catalogue(element_sets=labelled((*drawn.element_sets, *staged.element_sets))),
        name=Phrase("sky.stored"),
        digests=(),
        start_tai_ns=NOW_TAI_NS,
        past=Past(
            as_of_tai_ns=past.as_of_tai_ns,
            element_sets=labelled(past.element_sets),
            histories=labelled(past.histories),
        ),
    )
