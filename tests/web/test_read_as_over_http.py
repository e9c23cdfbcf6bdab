"""Can anybody tell over HTTP, from a body, a header or a status, that something is kept from him?"""

import asyncio
import shutil
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from baken.operations.read_as import read_as
from baken.records.marking import Realm
from baken.records.reader import Reader
from baken.store.home import open_home
from baken.web import stream
from baken.web.app import application
from baken.web.entrance import reader_of_request
from baken.web.service import Service, for_its_keeper_alone
from baken.wiring.admitting import admitting
from tests.makers import EPOCH_TAI_NS
from tests.memory_log import CountedLuck
from tests.operations.cases import RULES
from tests.operations.test_read_as import CASES
from tests.operations.test_read_as import RICH as SAID
from tests.operations.test_read_store_as import RICH as KEPT
from tests.operations.test_read_store_as import home_named_nl
from tests.operations.two_worlds import world_of
from tests.web.conftest import HOST

HE = Reader(
    name="he", acts_for="DE", audiences=frozenset({"DE"}), realms=frozenset({Realm.REAL, Realm.EXERCISE})
)
NAMES = {
    "incident": [*CASES, "NL-IN26-0999"],
    "event": ["NL-RE26-0001", "NL-RE26-0002", "XX-RE26-0001", "XX-RE26-0009", "NL-CJ26-0001", "NL-CJ26-0002"],
    "entry": ["EV-0", "EV-1", "EV-5", "EV-6", "EV-13", "EV-1000"],
    "measure": ["observe-more"],
    "name": ["nl"],
    "report": ["EV-1", "EV-99"],
    "object": ["900001", "900002", "900004", "909999"],
    "partner": ["DE", "FR", "XX"],
}
PAGES = ["", "?limit=1", "?limit=2&cursor=Mg", f"?about={CASES[1]}", "?kind=RE"]
# Typeset with the time at which it is, and slow.
NOT_ASKED = ("stream", ".pdf")


def asked_of(app):
    """Return every path that can be read, with every name that could be there."""
    for path, methods in app.openapi()["paths"].items():
        if "get" not in methods or any(each in path for each in NOT_ASKED):
            continue
        paths = [path]
        for part, names in NAMES.items():
            paths = [one.replace(f"{{{part}}}", name) for one in paths for name in names]
        paths = list(dict.fromkeys(paths))
        yield from (f"{one}{query}" for one in paths for query in (PAGES if one == path else ("",)))


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    return home_named_nl(tmp_path_factory.mktemp("empty") / "home")


class World:
    """A home in which some was kept, behind its door, as he comes in."""

    def __init__(self, empty_home, folder, *, without_hidden, lend=read_as):
        shutil.copytree(empty_home, folder)
        self.home = home = open_home(folder, None)
        for number, act in enumerate(KEPT):
            if act.is_for_him or not without_hidden:
                act(home.store, EPOCH_TAI_NS + number)
        self.said = world_of(SAID, without_hidden=without_hidden, log=home.log)
        service = Service(
            store=home.store,
            log=home.log,
            actor="keeper",
            rules=RULES,
            now_tai_ns=lambda: EPOCH_TAI_NS,
            luck=CountedLuck(),
            home=folder,
            lend=lambda reader: lend(admitting(folder, reader), home.store, home.log),
        )
        self.service = service.seen_by(HE)
        self.app = application(service, hosts={HOST}, version="test")
        self.app.dependency_overrides[reader_of_request] = lambda: HE
        self.client = TestClient(self.app, base_url=f"http://{HOST}")

    def told(self, wanted=""):
        """Ask everything there is to ask, or only some of it, then act, and return all that was answered."""
        told = {
            f"GET {path}": self._got(self.client.get(path)) for path in asked_of(self.app) if wanted in path
        }
        for path, said in ACTS:
            told[f"POST {path} {said}"] = self._got(self.client.post(f"/api/v1{path}", json=said))
        told["stream"] = asyncio.run(self._streamed())
        return told

    @staticmethod
    def _got(answer):
        return answer.status_code, sorted(answer.headers.items()), answer.content

    async def _streamed(self):
        class Listening:
            left = 2

            async def is_disconnected(self):
                self.left -= 1
                return self.left < 0

        return [
            str(one)
            async for one in stream.stream(self.service, Listening(), lambda: True, Realm.REAL, None, "0")
        ]


ACTS = [
    ("/incidents/NL-IN26-0001/notes", {"text": "see EV-0"}),
    ("/incidents/NL-IN26-0001/notes", {"text": "see EV-30"}),
    ("/incidents/NL-IN26-0001/notes", {"text": "x", "seen": 1}),
    ("/incidents/NL-IN26-0001/notes", {"text": "x", "replaces": "EV-3"}),
    ("/incidents/NL-IN26-0002/notes", {"text": "x"}),
    ("/incidents/NL-IN26-0999/notes", {"text": "x"}),
    ("/incidents/NL-IN26-0001/joined", {"name": "EV-1"}),
    ("/incidents/NL-IN26-0001/joined", {"name": "EV-40"}),
    ("/incidents/NL-IN26-0001/joined", {"name": "XX-RE26-0001"}),
    ("/incidents/NL-IN26-0001/joined", {"name": "XX-RE26-0009"}),
    *(
        ("/incidents/NL-IN26-0001/notes", {"text": f"what of {name}?"})
        for name in ("NL-IN26-0002", "xx-re26-0001", "XX-RE26-0009", "NL-RE26-0001")
    ),
    ("/incidents/NL-IN26-0001/judgements", {"name": "assigned_to", "value": "NL-IN26-0002", "because": "x"}),
    ("/incidents/NL-IN26-0001/steps", {"step": "corroborate", "because": "x"}),
]


def differences(empty_home, tmp_path, lend=read_as, wanted=""):
    told = []
    for without in (False, True):
        world = World(empty_home, tmp_path / "home", without_hidden=without, lend=lend)
        told.append(world.told(wanted))
        world.home.store.close()
        # The same folder, since a refusal may name it.
        (tmp_path / "home").rename(tmp_path / f"home-{without}")
    here, there = told
    return [question for question in {**here, **there} if here.get(question) != there.get(question)]


def test_every_answer_is_the_same_where_what_is_kept_from_him_was_never_kept(empty_home, tmp_path):
    assert differences(empty_home, tmp_path) == []


def with_all_entries(policy, store, log):
    return read_as(policy, store, log)[0], log


def with_all_records(policy, store, log):
    return store, read_as(policy, store, log)[1]


@pytest.mark.parametrize(
    ("leaky", "path", "questions"),
    [
        (with_all_entries, "/watch", {"GET /api/v1/watch", "stream", f"POST {ACTS[0][0]} {ACTS[0][1]}"}),
        (with_all_records, "/events", {"GET /api/v1/events?limit=1", "GET /api/v1/events/XX-RE26-0001"}),
    ],
)
def test_a_door_that_is_lent_too_much_is_found(empty_home, tmp_path, leaky, path, questions):
    assert questions <= set(differences(empty_home, tmp_path, leaky, path))


def test_nobody_but_the_keeper_gets_in_by_a_door_that_lends_to_nobody(empty_home, tmp_path):
    world = World(empty_home, tmp_path / "home", without_hidden=False)
    alone = replace(world.service, lend=for_its_keeper_alone)
    world.app.state.service = alone
    assert world.client.get("/api/v1/incidents").status_code == 403
    world.home.store.close()
