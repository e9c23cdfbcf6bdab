"""Does nobody get inside who did not come in, and everybody no further than his roles and his token?"""

import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from starlette.testclient import TestClient

from baken.operations.keep_evidence import keep_access
from baken.operations.manage_people import Newcomer, add
from baken.people.acts import Verb
from baken.records.account import Right
from baken.records.evidence import EntryKind
from baken.records.handling import Handling
from baken.records.marking import Marking, Realm
from baken.records.reader import Keeper, Role
from baken.web import stream
from baken.web.app import application
from baken.web.entrance import COOKIE, COOKIE_OF_TLS, OPEN, V1, Entrance
from baken.web.roles import MAY, roles_for
from baken.web.service import Service, for_its_keeper_alone
from baken.wiring.stores import open_for_many
from tests.operations.cases import RULES
from tests.people.door import ANNA, BERT, CHEAP, PASSWORDS, Door, door_of
from tests.people.provider import ISSUER, SECRET, InventedProvider
from tests.web.conftest import HOST

CARLA = "carla"
WORDS = PASSWORDS | {CARLA: "zeven blauwe kruiken melk"}
OPENING = {"title": "x", "kind": "other", "because": "y"}


@dataclass
class Node:
    """A node behind its door, with three people and their telephones."""

    door: Door
    app: object

    def client(self, scheme="http"):
        return TestClient(self.app, base_url=f"{scheme}://{HOST}", follow_redirects=False)

    def shown(self, name):
        self.door.later(30)
        return {"name": name, "password": WORDS[name], "code": self.door.code(name)}

    def come(self, name):
        client = self.client()
        assert client.post(f"{V1}/session", json=self.shown(name)).status_code == 201
        return client

    def entries(self, **wanted):
        return [one.entry for one in self.door.home.log.entries(Realm.REAL, **wanted)]


def node_of(door, lend, is_secure=False):
    home = door.home
    entrance = Entrance(
        people=home.people,
        log=home.log,
        keeper=Keeper(name="keeper"),
        node="NL",
        now_tai_ns=lambda: door.now_tai_ns,
        luck=door.luck,
        cost=CHEAP,
        is_secure=is_secure,
    )
    service = Service(
        store=home.store,
        log=home.log,
        actor="keeper",
        lend=lend,
        rules=RULES,
        now_tai_ns=lambda: door.now_tai_ns,
        luck=door.luck,
        home=home.folder,
    )
    return Node(door, application(service, hosts={HOST}, version="test", entrance=entrance))


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    door = door_of(tmp_path_factory.mktemp("home"))
    # What is for its owner only is for who acts for the node that keeps it.
    door.home.store.name_node("NL")
    carla = Newcomer(name=CARLA, person="Carla", password=WORDS[CARLA])
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(BERT, Verb.ADMIT, CARLA)
    door.do(CARLA, Verb.PASSWORD, CARLA)
    door.do(BERT, Verb.GIVE, CARLA, Right.ACTS_FOR, "NL")
    door.do(BERT, Verb.GIVE, CARLA, Right.REALM, "REAL")
    door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "duty-officer")
    with open_for_many(door.home.folder) as lend:
        yield node_of(door, lend)
    door.home.store.close()


def routes_of(node):
    return [(m.upper(), path) for path, methods in node.app.openapi()["paths"].items() for m in methods]


def test_every_route_that_acts_stands_in_the_table_and_nothing_else_does(node):
    inside = {
        (method, path.removeprefix(V1))
        for method, path in routes_of(node)
        if method != "GET" or path.startswith(f"{V1}/people")
        if not path.startswith((*OPEN, f"{V1}/session"))
    }
    assert inside == set(MAY)


def test_a_stranger_gets_no_further_than_the_doors_for_strangers(node):
    client = node.client()
    for method, path in routes_of(node):
        answer = client.request(method, re.sub(r"\{.*?\}", "x", path), json={})
        is_open = path.startswith(OPEN) or (path, method) == (f"{V1}/session", "POST")
        assert (answer.status_code != 401) == is_open, (method, path)
    assert client.get(f"{V1}/openapi.json").status_code == 401
    assert client.get("/").headers["location"] == "/sign-in"
    assert client.get("/report").status_code == 200
    # The code of the console is anybody's; the page it is for is not.
    assert client.get("/console/assets/none.js").status_code == 404
    assert client.get("/console/watch").status_code == 303


def test_whoever_came_in_acts_under_his_own_name(node):
    client = node.come(CARLA)
    assert client.post(f"{V1}/incidents", json=OPENING).status_code == 201
    (opened,) = node.entries(kinds={EntryKind.OPENED}, last=1)
    assert opened.actor == CARLA
    assert client.get(f"{V1}/session").json()["account"] == CARLA


def test_what_is_not_ones_part_is_refused_and_kept(node):
    client = node.come(ANNA)
    answer = client.post(f"{V1}/incidents", json=OPENING)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    (refused,) = node.entries(subject="door", last=1)
    assert (refused.actor, refused.text("act"), refused.text("about")) == (
        ANNA,
        "not allowed",
        "POST /incidents",
    )


def test_whoever_holds_every_working_role_may_do_all_that_stands_in_the_table(node):
    own = node.door.roster.accounts[CARLA].roles
    roles = sorted(set(Role) - {Role.ADMINISTRATOR, Role.SECURITY_OFFICER} - own)
    for role in roles:
        node.door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, role)
    client = node.come(CARLA)
    for method, path in MAY:
        answer = client.request(method, V1 + re.sub(r"\{.*?\}", "x", path), json={})
        assert answer.status_code != 403, (method, path)
    for role in roles:
        node.door.do(ANNA, Verb.TAKE, CARLA, Right.ROLE, role)


def test_everybody_sees_what_he_is_cleared_for_from_the_next_time_he_comes_in(node):
    secret = Marking(
        owner="NL",
        releasable_to=frozenset({"NL"}),
        handling=Handling(classifications=frozenset({"NL/STG. GEHEIM"})),
    )
    desk = replace(node.door.desk("keeper"), marking=secret)
    desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("text", "a hidden thing")))
    assert "a hidden thing" not in node.come(CARLA).get(f"{V1}/evidence").text
    for right, value in (("clearance", "NL/STG. GEHEIM"), ("nationality", "NL"), ("audience", "NL")):
        node.door.do(BERT, Verb.GIVE, CARLA, Right(right), value)
    assert "a hidden thing" in node.come(CARLA).get(f"{V1}/evidence").text


def test_who_is_cleared_for_what_is_in_nobodys_evidence(node):
    desk = node.door.desk("keeper")
    desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("text", "an open thing")))
    client, n_entries = node.come(CARLA), len(node.entries())
    told = [client.get(f"{V1}/evidence/EV-{n}") for n in range(n_entries)]
    assert any(answer.status_code == 200 for answer in told)
    assert not any('"people"' in answer.text for answer in told)


def test_only_auditors_read_what_was_done_to_people(node):
    assert node.come(ANNA).get(f"{V1}/people/log").status_code == 403
    node.door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "auditor")
    told = node.come(CARLA).get(f"{V1}/people/log", params={"limit": 200}).json()["entries"]
    assert {entry["fields"]["kind"] for entry in told} <= {"people", "access"}
    node.door.do(ANNA, Verb.TAKE, CARLA, Right.ROLE, "auditor")


def test_an_auditor_is_not_told_who_looked_at_what_he_may_not_know_of_nor_how_much_there_is(node):
    secret = Marking(owner="NL", handling=Handling(needs=frozenset({"a need nobody has"})))
    desk = replace(node.door.desk("keeper"), marking=secret)
    (hidden,) = desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("text", "hidden")))
    about = {"thing": hidden.entry_id, "about": "log", "actor": "bert"}
    when = {"at_tai_ns": desk.at_tai_ns, "luck": desk.luck}
    keep_access(desk.log, Realm.REAL, **about, **when)
    node.door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "auditor")
    told = node.come(CARLA).get(f"{V1}/people/log", params={"limit": 200})
    node.door.do(ANNA, Verb.TAKE, CARLA, Right.ROLE, "auditor")
    assert "the log of people was read" in told.text
    assert f"{hidden.entry_id} was read" not in told.text
    assert not any({"entry_id", "sequence"} & set(each) for each in told.json()["entries"])


def test_people_are_managed_by_the_rules_of_people(node):
    officer = node.come(BERT)
    clears = {"verb": "give", "of": CARLA, "right": "clearance", "value": "NL/DEP. VERTROUWELIJK"}
    assert officer.post(f"{V1}/people/acts", json=clears).status_code == 201
    unknown = officer.post(f"{V1}/people/acts", json=clears | {"value": "NL/DEP VERTROUWELIJK"})
    assert unknown.status_code == 404
    for act in (clears | {"of": BERT}, {"verb": "give", "of": CARLA, "right": "role", "value": "analyst"}):
        assert officer.post(f"{V1}/people/acts", json=act).status_code == 403
        (refused,) = node.entries(subject="door", last=1)
        assert (refused.actor, refused.text("act")) == (BERT, "not allowed")
    assert officer.post(f"{V1}/people/acts", json={"verb": "add", "of": "dirk"}).status_code == 422
    told = node.come(ANNA).get(f"{V1}/people").json()["accounts"]
    assert {"right": "clearance", "value": "NL/DEP. VERTROUWELIJK"} in told[2]["rights"]


def test_whatever_is_wrong_a_stranger_is_told_the_same(node):
    client = node.client()
    told = {
        client.post(f"{V1}/session", json={"name": name, "password": password, "code": "000000"}).text
        for name, password in ((CARLA, WORDS[CARLA]), (CARLA, "wrong"), ("nobody", "wrong"), ("a\0b", "\0"))
    }
    assert len(told) == 1
    node.come(CARLA)


def test_too_many_tries_are_told_when_to_come_back(node):
    client = node.client()
    for _ in range(7):
        answer = client.post(f"{V1}/session", json={"name": "guessed", "password": "wrong", "code": "000000"})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    node.door.later(3_600)


def test_a_visit_ends_for_good(node):
    client = node.come(CARLA)
    cookie = client.cookies[COOKIE]
    assert client.delete(f"{V1}/session").status_code == 204
    assert node.client().get(f"{V1}/session", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401


def test_whoever_comes_in_again_leaves_no_visit_behind(node):
    client = node.come(CARLA)
    before = client.cookies[COOKIE]
    assert client.post("/sign-in", data=node.shown(CARLA)).status_code == 303
    assert client.cookies[COOKIE] != before
    left_behind = {"Cookie": f"{COOKIE}={before}"}
    assert node.client().get(f"{V1}/session", headers=left_behind).status_code == 401


def test_everybody_sees_his_visits_and_ends_them_and_has_no_more_than_five(node):
    first, *_, last = [node.come(CARLA) for _ in range(6)]
    assert first.get(f"{V1}/session").status_code == 401
    told = last.get(f"{V1}/session/visits").json()["visits"]
    assert [visit["is_this"] for visit in told] == [True, False, False, False, False]
    anna = node.come(ANNA)
    assert anna.delete(f"{V1}/session/visits/{told[0]['visit']}").status_code == 404
    assert last.delete(f"{V1}/session/visits/{told[1]['visit']}").status_code == 204
    assert len(last.get(f"{V1}/session/visits").json()["visits"]) == 4
    assert last.delete(f"{V1}/session/visits/{told[0]['visit']}").status_code == 204
    assert last.get(f"{V1}/session").status_code == 401


def test_other_rights_end_a_visit_at_the_next_request(node):
    client = node.come(CARLA)
    node.door.do(ANNA, Verb.GIVE, CARLA, Right.ROLE, "analyst")
    assert client.get(f"{V1}/incidents").status_code == 401


@pytest.mark.parametrize("is_secure", [False, True])
def test_the_cookie_of_a_visit_is_for_this_door_alone(node, is_secure):
    asked = node_of(node.door, for_its_keeper_alone, is_secure=True) if is_secure else node
    answer = asked.client("https").post(f"{V1}/session", json=node.shown(CARLA))
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert ("secure" in said) == is_secure
    assert said.startswith((COOKIE_OF_TLS if is_secure else COOKIE).lower() + "=")
    assert "domain" not in said


@pytest.mark.parametrize("is_secure", [False, True])
def test_a_door_of_tls_binds_browsers_to_tls_and_another_does_not(node, is_secure):
    client = node_of(node.door, for_its_keeper_alone, is_secure).client("https")
    answers = [client.get(path) for path in ("/sign-in", f"{V1}/incidents", "/nothing")]
    said = [answer.headers.get("strict-transport-security", "") for answer in answers]
    assert ["includeSubDomains" in one for one in said] == [is_secure] * 3


def test_a_token_is_good_for_what_it_was_made_for(node):
    client = node.come(CARLA)
    made = client.post(f"{V1}/session/tokens", json={"name": "night", "scopes": ["read:incidents"]}).json()
    program = node.client()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    assert program.get(f"{V1}/incidents").status_code == 200
    assert program.get(f"{V1}/evidence").status_code == 403
    assert program.post(f"{V1}/incidents", json=OPENING).status_code == 403
    node.door.later(31 * 86_400)
    assert program.get(f"{V1}/incidents").status_code == 401


@pytest.mark.parametrize("ended_by", ["suspended", "cleared", "signed out"])
def test_a_stream_ends_with_the_rights_of_who_listens(node, ended_by, monkeypatch):
    monkeypatch.setattr(stream, "LOOK_EVERY_S", 0.01)
    client = node.come(CARLA)
    acts = {
        "suspended": lambda: node.door.do(BERT, Verb.SUSPEND, CARLA),
        "cleared": lambda: node.door.do(BERT, Verb.GIVE, CARLA, Right.NEED, "optics"),
        "signed out": lambda: client.delete(f"{V1}/session"),
    }
    with ThreadPoolExecutor() as beside:
        listening = beside.submit(client.get, f"{V1}/stream")
        time.sleep(0.2)
        assert not listening.done()
        acts[ended_by]()
        desk = node.door.desk("keeper")
        desk.keep(desk.entry(EntryKind.STATEMENT, "log", Realm.REAL, ("text", "too late")))
        assert "event: entry" not in listening.result(timeout=5.0).text
    if ended_by == "suspended":
        node.door.do(BERT, Verb.ADMIT, CARLA)
    elif ended_by == "cleared":
        node.door.do(BERT, Verb.TAKE, CARLA, Right.NEED, "optics")


def test_a_token_makes_no_tokens_and_does_no_more_than_its_person(node):
    client = node.come(CARLA)
    made = client.post(f"{V1}/session/tokens", json={"name": "all", "scopes": ["read", "act"]}).json()
    program = node.client()
    program.headers["Authorization"] = f"Bearer {made['token']}"
    assert program.post(f"{V1}/incidents", json=OPENING).status_code == 201
    again = program.post(f"{V1}/session/tokens", json={"name": "more", "scopes": ["act"]})
    approval = program.post(f"{V1}/incidents/NL-IN26-0001/response/notices/approvals", json={})
    assert (again.status_code, approval.status_code) == (403, 403)
    assert client.delete(f"{V1}/session/tokens/all").status_code == 204
    assert program.get(f"{V1}/incidents").status_code == 401


def test_another_password_is_taken_from_who_shows_the_old_one(node):
    client, new = node.come(CARLA), "negen stille spoorbruggen"
    said = node.shown(CARLA) | {"new_password": new}
    del said["name"]
    assert client.post(f"{V1}/session/password", json=said | {"password": "wrong"}).status_code == 401
    node.door.later(30)
    said["code"] = node.door.code(CARLA)
    assert client.post(f"{V1}/session/password", json=said).status_code == 204
    assert client.get(f"{V1}/session").status_code == 401
    WORDS[CARLA] = new
    node.come(CARLA)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_lets_in_and_out_without_a_script(node, language):
    client = node.client()
    page = client.get("/sign-in", params={"language": language}).text
    assert f'lang="{language}"' in page
    assert "<script" not in page
    assert "http" not in page
    for field in ("name", "password", "code"):
        assert f'<label for="{field}">' in page
    assert 'name="password" type="password"' in page
    wrong = client.post("/sign-in", data={"name": CARLA, "password": "wrong", "code": "1"})
    assert (wrong.status_code, "wrong" in wrong.headers) == (401, False)
    assert 'role="alert"' in wrong.text
    assert client.post("/sign-in", data=node.shown(CARLA)).status_code == 303
    assert "Carla" in client.get("/sign-in").text
    assert client.post("/sign-in/out").status_code == 200
    assert client.get(f"{V1}/session").status_code == 401


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/console/objects/OBJ-1?realm=REAL&t=2026-11-26T06:00:00Z",) * 2,
        ("", "/console/?lang=en"),
        *(
            (elsewhere, "/console/?lang=en")
            for elsewhere in (
                "https://evil.example/console/",
                "//evil.example/console/",
                "/console/../api/v1/session",
                "/console/\\evil.example",
                "/console/a\r\nSet-Cookie: a=b",
                "/report",
            )
        ),
    ],
)
def test_who_came_in_goes_where_he_was_going_and_nowhere_but_into_the_console(node, wanted, place):
    client = node.client()
    came = client.post("/sign-in", params={"wanted": wanted}, data=node.shown(CARLA))
    assert (came.status_code, came.headers["location"]) == (303, place)


def test_whoever_has_to_sign_in_first_is_asked_where_he_was_going(node):
    sent = node.client().get("/console/audit/EV-3?realm=REAL").headers["location"]
    assert sent == "/sign-in?wanted=%2Fconsole%2Faudit%2FEV-3%3Frealm%3DREAL"
    page = node.client().get(sent).text
    assert 'action="/sign-in?language=en&amp;wanted=%2Fconsole%2Faudit%2FEV-3%3Frealm%3DREAL"' in page
    assert "evil" not in node.client().get("/sign-in", params={"wanted": "//evil.example"}).text


def test_the_page_asks_for_a_password_of_ones_own(node):
    dirk, client = "dirk", node.client()
    WORDS[dirk] = "elf warme broden"
    newcomer = Newcomer(name=dirk, person="Dirk", password=WORDS[dirk])
    add(node.door.desk(ANNA), node.door.home.people, newcomer, node="NL", cost=CHEAP)
    node.door.do(BERT, Verb.ADMIT, dirk)
    asked = client.post("/sign-in", data=node.shown(dirk))
    assert (asked.status_code, '<label for="new_password">' in asked.text) == (403, True)
    assert client.post(f"{V1}/session", json=node.shown(dirk)).status_code == 403
    weak = client.post("/sign-in", data=node.shown(dirk) | {"new_password": "welkom2026welkom"})
    assert (weak.status_code, "12 to 128" in weak.text, "welkom2026" in weak.text) == (422, True, False)
    own = {"new_password": "twaalf lege treinen"}
    assert client.post("/sign-in", data=node.shown(dirk) | own).status_code == 303
    assert client.get(f"{V1}/session").json()["account"] == dirk


@pytest.mark.parametrize("content", [b"&".join(b"a=b" for _ in range(60)), b"name=\xff", b"x" * 20_000])
def test_what_is_no_form_is_refused_and_no_mistake_of_ours(node, content):
    assert node.client().post("/sign-in", content=content).status_code == 422


def test_another_sites_page_signs_nobody_in(node):
    answer = node.client().post("/sign-in", data=node.shown(CARLA), headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_a_home_without_accounts_works_for_its_keeper(client):
    assert client.get(f"{V1}/incidents").status_code == 200
    assert client.get(f"{V1}/session").status_code == 401
    assert client.post(f"{V1}/session", json=OPENING).status_code in (404, 422)


def test_what_nobody_thought_of_nobody_does():
    assert roles_for("DELETE", "/incidents") == frozenset()


def test_no_secret_is_in_a_log_an_entry_an_answer_or_what_a_record_prints_as(node, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    shown = node.shown(CARLA)
    client = node.client()
    answers = [client.post(f"{V1}/session", json=shown | {"password": "wrong pass phrase"})]
    answers += [client.post(f"{V1}/session", json=shown), client.post("/sign-in", data=shown)]
    cookie = client.cookies[COOKIE]
    token = client.post(f"{V1}/session/tokens", json={"name": "t", "scopes": ["read"]}).json()["token"]
    answers += [
        client.post(f"{V1}/session", json={"name": "x", "password": [WORDS[CARLA]], "code": shown["code"]}),
        client.post(f"{V1}/session/password", json={"password": WORDS[CARLA]}),
        client.get(f"{V1}/session"),
        client.get(f"{V1}/people"),
        client.get(f"{V1}/incidents", headers={"Authorization": f"Bearer {token}x"}),
    ]
    people, enrolled = node.door.home.people, node.door.enrolled[ANNA]
    printed = [repr(people.secrets(CARLA)), repr(enrolled), repr(node.door.roster), repr(answers)]
    told = "\n".join(
        [
            *(record.getMessage() for record in caplog.records),
            *capfd.readouterr(),
            *(str(entry.disclosable) for entry in node.entries()),
            *(answer.text for answer in answers),
            *printed,
        ]
    )
    secrets = people.secrets(CARLA)
    for secret in (
        WORDS[CARLA],
        "wrong pass phrase",
        cookie,
        token,
        enrolled.secret,
        *enrolled.recovery_codes,
        secrets.one_time_secret.hex(),
        secrets.password.digest.hex(),
    ):
        assert secret not in told
    assert f'"{shown["code"]}"' not in told


def test_whoever_his_provider_knows_comes_in_by_a_page_and_no_secret_is_told(node, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    door = node.door
    provider = InventedProvider(now_tai_ns=lambda: door.now_tai_ns)
    door.do(ANNA, Verb.GROUP_GIVE, "duty", Right.ROLE, "duty-officer")
    door.do(ANNA, Verb.BIND, CARLA, value=f"{ISSUER} carla at work")
    door.do(BERT, Verb.ADMIT, CARLA)
    elsewhere = node_of(door, for_its_keeper_alone)
    elsewhere.app.state.entrance.provider = provider.asks(tmp_path / "NO-NETWORK")
    client = elsewhere.client()
    assert "/sign-in/provider" in client.get("/sign-in").text
    sent = client.get("/sign-in/provider")
    assert sent.status_code == 303
    assert "samesite=lax" in sent.headers["set-cookie"].lower()
    brought = provider.sends_back(sent.headers["location"])
    assert elsewhere.client().get("/sign-in/back", params=brought).status_code == 401
    from_there = {"Sec-Fetch-Site": "cross-site"}
    came = client.get("/sign-in/back", params=brought, headers=from_there)
    assert came.status_code == 200
    assert client.get(f"{V1}/session").json()["account"] == CARLA
    assert node.client().get("/sign-in/provider").status_code == 404
    # The client of this test tells its own requests, addresses and all; the door tells none.
    told = [record.getMessage() for record in caplog.records if f"http://{HOST}" not in record.getMessage()]
    told += [str(entry.disclosable) for entry in node.entries()] + [came.text]
    for secret in (
        SECRET,
        provider.id_token(),
        brought["state"],
        provider.asked["nonce"],
        client.cookies[COOKIE],
    ):
        assert not any(secret in each for each in told)
