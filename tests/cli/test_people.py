"""Are people managed at the terminal by the rules of people, with no secret on a command line or in a log?"""

import io
import json
import sys

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from baken.cli.serve import refuse_open_door
from baken.cli.serving import listening
from baken.errors import RefusedByPolicy, WrongUsage
from baken.web.entrance import address_of
from baken.wiring.people import new_password

ANNAS, BERTS = "vier grijze reigers wachten", "een lange rode tram door Delft"
INIT = ("people", "init", "--administrator", "anna=Anna", "--security-officer", "bert=Bert")


@pytest.fixture
def files(tmp_path):
    for name, password in (
        ("a", ANNAS),
        ("b", BERTS),
        ("c", "zeven blauwe kruiken melk"),
        ("d", "welkom2026welkom"),
    ):
        (tmp_path / name).write_text(password + "\n")
        (tmp_path / name).chmod(0o600)
    return ("--administrator-password-file", "a", "--security-officer-password-file", "b")


def test_nobody_acts_for_a_node_that_has_no_name_yet(ask, files):
    refused = ask(*INIT, *files)
    assert (refused.code, "'baken node NL'" in refused.err) == (2, True)
    ask("node", "NL")
    assert ask(*INIT, *files).code == 0


def test_people_are_made_admitted_cleared_and_told_of(ask, files):
    told = ask(*INIT, *files, "--acts-for", "NL", "--json")
    assert [each["account"] for each in told.document()["enrolled"]] == ["anna", "bert"]
    assert ask(*INIT, *files, "--acts-for", "NL").code == 3
    carla = ("carla", "--person", "Carla", "--password-file")
    assert ask("people", "add", *carla, "d", "--as", "anna").code == 2
    assert ask("people", "add", *carla, "c", "--as", "bert").code == 3
    added = ask("--language", "nl", "people", "add", *carla, "c", "--as", "anna")
    assert added.code == 0, added.err
    assert "Bewaar deze codes op papier" in added.out
    assert "█" in added.out or "▀" in added.out
    for words in (
        ("admit", "carla", "--as", "bert"),
        ("role", "carla", "duty-officer", "analyst", "--as", "anna"),
        ("role", "carla", "analyst", "--take", "--as", "anna"),
        ("clear", "carla", "--acts-for", "NL", "--realm", "REAL", "--nationality", "NL", "--as", "bert"),
        ("clear", "carla", "--clearance", "NL/DEP. VERTROUWELIJK", "--as", "bert"),
        ("need", "carla", "counterspace", "--as", "bert"),
        ("case", "carla", "nl-in26-0001", "--as", "bert"),
        ("group", "partners", "--audience", "EU", "--as", "bert"),
        ("member", "carla", "partners", "--as", "bert"),
    ):
        done = ask("people", *words)
        assert done.code == 0, done.err
    rights = {
        (each["right"], each["value"])
        for each in ask("people", "show", "carla", "--json", "--as", "bert").document()["rights"]
    }
    assert rights == {
        ("role", "duty-officer"),
        ("acts-for", "NL"),
        ("realm", "REAL"),
        ("nationality", "NL"),
        ("clearance", "NL/DEP. VERTROUWELIJK"),
        ("need", "counterspace"),
        ("case", "NL-IN26-0001"),
        ("audience", "EU"),
    }
    assert ask("people", "clear", "carla", "--clearance", "NL/KING", "--as", "bert").code == 2
    assert ask("people", "clear", "bert", "--clearance", "NL/DEP. VERTROUWELIJK", "--as", "bert").code == 3
    assert ask("people", "need", "carla", "x", "--as", "stranger").code == 2
    made = ask("people", "token", "night", "--scope", "read", "--as", "carla", "--json").document()
    assert ask("people", "revoke", "carla", "night", "--as", "anna").code == 0
    for read in (("list",), ("show", "anna"), ("log",)):
        assert ask("people", *read, "--as", "carla").code == 3
        assert ask("people", *read, "--as", "stranger").code == 3
    assert ask("people", "log", "--as", "anna").code == 3
    assert ask("people", "role", "carla", "auditor", "--as", "anna").code == 0
    log = ask("people", "log", "--json", "--as", "carla").out
    assert ask("people", "suspend", "carla", "--as", "anna").code == 0
    assert "suspended" in ask("people", "list", "--as", "anna").out
    assert "give carla need counterspace" in log
    for secret in (ANNAS, BERTS, made["token"], told.document()["enrolled"][0]["secret"]):
        assert secret not in log


def test_whoever_gives_himself_a_new_password_stays_and_another_waits(ask, files):
    ask(*INIT, *files, "--acts-for", "NL")
    assert ask("people", "reset", "anna", "--password-file", "c", "--as", "anna").code == 0
    assert "waiting" not in ask("people", "list", "--as", "anna").out
    refused = ask("people", "reset", "bert", "--password-file", "c", "--as", "anna")
    assert (refused.code, "would be left" in refused.err) == (3, True)


def test_only_a_release_authority_approves_a_release(ask, files):
    ask(*INIT, *files, "--acts-for", "NL")
    refused = ask("release", "approve", "NL-RL26-0001", "--key", "anna", "--because", "x", "--as", "anna")
    assert (refused.code, "release-authority" in refused.err) == (3, True)
    for act in ("reject", "recall"):
        refused = ask("release", act, "NL-RL26-0001", "--because", "x", "--as", "anna")
        assert (refused.code, "this is for a release-authority" in refused.err) == (3, True)
    ask("people", "role", "bert", "release-authority", "--as", "anna")
    asked = ask("release", "approve", "NL-RL26-0001", "--key", "anna", "--because", "x", "--as", "bert")
    assert asked.code == 2


def test_only_a_release_authority_of_the_node_lowers_a_label(ask, files):
    ask(*INIT, *files, "--acts-for", "LOCAL")
    ask("people", "clear", "bert", "--acts-for", "LOCAL", "--realm", "REAL", "--as", "bert")
    ask("people", "add", "carla", "--person", "Carla", "--password-file", "c", "--as", "anna")
    ask("people", "admit", "carla", "--as", "bert")
    ask("people", "clear", "carla", "--acts-for", "DE", "--realm", "REAL", "--as", "bert")
    ask("people", "role", "carla", "auditor", "--as", "anna")
    added = ["evidence", "add", "--text", "x", "--source", "y", "--releasable-to", "DE", "--as", "carla"]
    assert ask(*added).code == 0
    place = ["evidence", "relabel", "EV-0", "--because", "x", "--as", "carla"]
    wider = [*place, "--releasable-to", "DE,PL"]
    refused = ask(*wider)
    assert (refused.code, "this is for a release-authority" in refused.err) == (3, True), refused
    ask("people", "role", "carla", "release-authority", "--as", "anna")
    refused = ask(*wider)
    assert (refused.code, "only LOCAL lowers a label here" in refused.err) == (3, True), refused
    ask("people", "clear", "carla", "--acts-for", "LOCAL", "--as", "bert")
    assert ask(*wider).code == 0
    ask("people", "role", "carla", "release-authority", "--take", "--as", "anna")
    assert ask(*place, "--label", "NEED:optics").code == 0


def test_of_the_machines_own_work_nobody_with_an_account_is_told(ask, files, sky, monkeypatch):
    ask(*INIT, *files, "--acts-for", "DE")
    turn = ("run", "--once", "--catalogue", sky, "--days", "0.1")
    works = (turn, ("incident", "update"), ("respond", "run", "--once"))
    for words in works:
        refused = ask(*words)
        assert (refused.code, "nobody called" in refused.err) == (3, True), words
    monkeypatch.setenv("BAKEN_ACTOR", "bert")
    for words in works:
        assert ask("--json", *words).document() == {"kept": True}, words
        assert "Done and kept" in ask(*words).out
    refused = ask(*turn, "--node", "DE")
    assert (refused.code, ask("--json", "node").document()) == (3, {"node": "LOCAL"})
    monkeypatch.setenv("BAKEN_ACTOR", "anna")
    assert ask(*turn, "--node", "DE").code == 0


def test_a_password_that_others_may_read_or_nobody_can_type_is_refused(tmp_path, monkeypatch):
    (tmp_path / "open").write_text(ANNAS)
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(WrongUsage, match="others may read"):
        new_password("anna", str(tmp_path / "open"))
    monkeypatch.setattr(sys, "stdin", io.StringIO(ANNAS))
    with pytest.raises(WrongUsage, match="--password-file") as refused:
        new_password("anna", None)
    assert ANNAS not in str(refused.value)


def test_a_door_others_reach_asks_who_they_are_where_nobody_can_listen_in():
    with pytest.raises(RefusedByPolicy, match="people init"):
        refuse_open_door("0.0.0.0", has_accounts=False, is_secure=True)
    with pytest.raises(RefusedByPolicy, match="--tls-cert"):
        refuse_open_door("0.0.0.0", has_accounts=True, is_secure=False)
    refuse_open_door("0.0.0.0", has_accounts=True, is_secure=True)


@pytest.mark.parametrize(
    ("proxy", "came_from"), [(None, "10.0.0.2"), ("10.0.0.3", "10.0.0.2"), ("10.0.0.2", "192.0.2.9")]
)
def test_only_a_proxy_that_was_named_is_believed_about_where_others_come_from(proxy, came_from):
    config = listening(FastAPI(), "127.0.0.1", 0, None, None, proxy).config

    def who(request: Request) -> str:
        return address_of(request)

    config.app.add_api_route("/", who)
    config.load()
    client = TestClient(config.loaded_app, client=("10.0.0.2", 50_000))
    assert client.get("/", headers={"X-Forwarded-For": "192.0.2.9"}).json() == came_from


def test_a_home_with_accounts_opens_to_a_network_only_over_tls(ask, files):
    ask(*INIT, *files, "--acts-for", "NL")
    refused = ask("serve", "--host", "0.0.0.0")
    assert (refused.code, "--behind-proxy" in refused.err) == (3, True)
    assert ask("serve", "--tls-cert", "a").code == 2
    refused = ask("serve", "--tls-cert", "a", "--tls-key", "b")
    assert (refused.code, "no certificate" in refused.err) == (2, True)
    assert json.loads(ask("people", "list", "--json", "--as", "anna").out)["accounts"]
