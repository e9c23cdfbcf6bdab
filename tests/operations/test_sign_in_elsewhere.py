"""Is an identity provider believed only for its own, for us, for now, once, and never about clearances?"""

from dataclasses import replace

import pytest

from baken.errors import NoSuchRecord, OutsideServiceFailed, RefusedByPolicy, UnreadableInput
from baken.operations.manage_people import Newcomer, add
from baken.operations.sign_in import SignInRefused, TooOften, visitor
from baken.operations.sign_in_elsewhere import Back, back_from_provider, send_to_provider
from baken.people.acts import Verb
from baken.people.provider_file import read_provider
from baken.records.account import Right
from baken.records.marking import Realm
from baken.records.reader import Role
from baken.wiring.identity_provider import identity_provider
from tests.people.door import ADDRESS, ANNA, BERT, CHEAP, door_of
from tests.people.provider import (
    ISSUER,
    PROVIDER,
    InventedProvider,
    new_key,
    signed_with_what_is_public,
    without_signature,
)

CARLA = "carla"


@pytest.fixture
def door(tmp_path):
    door = door_of(tmp_path / "home")
    carla = Newcomer(name=CARLA, person="Carla", password="zeven blauwe kruiken melk")
    add(door.desk(ANNA), door.home.people, carla, node="NL", cost=CHEAP)
    door.do(ANNA, Verb.GROUP_GIVE, "duty", Right.ROLE, "duty-officer")
    door.do(ANNA, Verb.BIND, CARLA, value=f"{ISSUER} carla at work")
    door.do(BERT, Verb.ADMIT, CARLA)
    door.switch = tmp_path / "NO-NETWORK"
    yield door
    door.home.store.close()


@pytest.fixture
def provider(door):
    return InventedProvider(now_tai_ns=lambda: door.now_tai_ns)


def come(door, provider, settings=PROVIDER, *, later_s=0, **changed):
    asks = provider.asks(door.switch, settings)
    sent = send_to_provider(door.desk("outside"), door.home.people, asks, ADDRESS)
    brought = {"kept_state": sent.state, "address": ADDRESS} | provider.sends_back(sent.url) | changed
    door.later(later_s)
    back = Back(**brought)
    return back, back_from_provider(door.desk("outside"), door.home.people, door.roster, asks, back)


def test_whoever_his_provider_knows_comes_in_with_the_groups_it_gives(door, provider):
    _, came = come(door, provider)
    found = visitor(door.home.people, door.roster, came.shown, door.now_tai_ns)
    assert (found.name, found.all_roles) == (CARLA, {Role.DUTY_OFFICER})
    provider.changes = {"groups": []}
    _, again = come(door, provider)
    assert visitor(door.home.people, door.roster, came.shown, door.now_tai_ns) is None
    assert visitor(door.home.people, door.roster, again.shown, door.now_tai_ns).all_roles == frozenset()


WRONG = [
    {"nonce": "another"},
    {"nonce": None},
    {"aud": "another"},
    {"aud": None},
    {"aud": ["baken", "another"]},
    {"aud": ["baken", "another"], "azp": "another"},
    {"azp": "another"},
    {"iss": "https://evil.example"},
    {"exp": 1},
    {"exp": None},
    {"exp": "never"},
    {"exp": True},
    {"exp": float("nan")},
    {"iat": 9_999_999_999},
    {"sub": "somebody else"},
    {"sub": None},
    {"sub": ["carla at work"]},
]


def test_what_is_not_what_was_asked_for_lets_nobody_in(door, provider):
    for changes in WRONG:
        provider.changes = changes
        with pytest.raises(SignInRefused):
            come(door, provider)
        (kept,) = door.home.log.entries(Realm.REAL, subject="door", last=1)
        # Not because of its signature, which is good.
        assert "does not hold" not in kept.entry.text("because")
    provider.changes = {"aud": ["baken", "another"], "azp": "baken"}
    come(door, provider)


def test_a_token_that_nobody_signed_or_anybody_can_sign_lets_nobody_in(door, provider):
    key, stranger = provider.key, new_key()
    for token in (
        without_signature,
        signed_with_what_is_public(key),
        lambda claims: InventedProvider(
            now_tai_ns=provider.now_tai_ns, key=stranger, asked=provider.asked
        ).id_token(),
        lambda claims: "no token at all",
        lambda claims: "",
    ):
        provider.token = token
        with pytest.raises(SignInRefused):
            come(door, provider)


def test_a_rotated_key_is_good_and_the_one_before_it_is_not(door, provider):
    come(door, provider)
    before, provider.key = provider.key, new_key("second")
    come(door, provider)
    provider.published, provider.key = [provider.key], before
    with pytest.raises(SignInRefused):
        come(door, provider)


@pytest.mark.parametrize(
    "changed", [{"state": "another"}, {"kept_state": ""}, {"kept_state": "", "state": ""}, {"later_s": 601}]
)
def test_whoever_came_another_way_or_too_late_stays_out(door, provider, changed):
    with pytest.raises(SignInRefused):
        come(door, provider, **changed)


def test_a_way_is_walked_once(door, provider):
    back, _ = come(door, provider)
    with pytest.raises(SignInRefused):
        back_from_provider(
            door.desk("outside"), door.home.people, door.roster, provider.asks(door.switch), back
        )


def test_a_code_is_of_no_use_without_what_was_kept_of_it(door, provider):
    with pytest.raises(OutsideServiceFailed):
        come(door, provider, code="another code")


def test_whoever_waits_or_is_suspended_stays_out(door, provider):
    door.do(ANNA, Verb.SUSPEND, CARLA)
    with pytest.raises(SignInRefused):
        come(door, provider)


@pytest.mark.parametrize("role", ["administrator", "security-officer"])
def test_no_provider_gives_a_key_to_the_node(door, provider, role):
    door.do(ANNA, Verb.GROUP_GIVE, "duty", Right.ROLE, role)
    with pytest.raises(RefusedByPolicy, match="no identity provider"):
        come(door, provider)
    assert door.roster.accounts[CARLA].all_roles == frozenset()


def test_no_provider_says_what_somebody_may_see(door, provider):
    door.do(BERT, Verb.GROUP_GIVE, "readers", Right.AUDIENCE, "EU")
    settings = replace(PROVIDER, groups=(("theirs", "readers"),))
    with pytest.raises(RefusedByPolicy, match="no identity provider"):
        come(door, provider, settings)
    provider.changes = {"clearances": ["NL/STG. GEHEIM"], "needs": ["x"], "groups": "theirs"}
    come(door, provider)
    assert door.roster.accounts[CARLA].rights == frozenset()
    with pytest.raises(NoSuchRecord):
        come(
            door,
            InventedProvider(now_tai_ns=provider.now_tai_ns),
            replace(PROVIDER, groups=(("theirs", "x"),)),
        )


def test_how_somebody_showed_himself_is_asked_where_it_matters(door, provider):
    settings = replace(PROVIDER, acr="two factors")
    with pytest.raises(SignInRefused):
        come(door, provider, settings)
    provider.changes = {"acr": "two factors"}
    come(door, provider, settings)


def test_nothing_is_asked_while_the_kill_switch_is_thrown(door, provider):
    door.switch.write_text("")
    with pytest.raises(RefusedByPolicy, match="kill switch"):
        come(door, provider)
    assert provider.answers == []


def test_a_provider_that_calls_itself_otherwise_is_not_it(door, provider):
    provider.issuer = "https://evil.example"
    with pytest.raises(UnreadableInput, match="calls itself"):
        come(door, provider)


def test_many_who_are_sent_from_one_address_wait(door, provider):
    asks = provider.asks(door.switch)
    for _ in range(20):
        send_to_provider(door.desk("outside"), door.home.people, asks, ADDRESS)
    with pytest.raises(TooOften):
        send_to_provider(door.desk("outside"), door.home.people, asks, ADDRESS)


GOOD = """
issuer = "https://id.example.org"
client_id = "baken"
client_secret_env = "BAKEN_OIDC_SECRET"
redirect = "https://baken.example.org/sign-in/back"
[groups]
"theirs" = "duty"
"""


def test_the_file_of_a_provider_is_read_and_its_secret_is_not_in_it(tmp_path, monkeypatch):
    assert identity_provider(tmp_path) is None
    assert read_provider(GOOD)[0] == PROVIDER
    (tmp_path / "oidc.toml").write_text(GOOD)
    monkeypatch.delenv("BAKEN_OIDC_SECRET", raising=False)
    with pytest.raises(UnreadableInput, match=r"oidc\.toml: client_secret_env: BAKEN_OIDC_SECRET is not set"):
        identity_provider(tmp_path)
    monkeypatch.setenv("BAKEN_OIDC_SECRET", "known to two")
    assert "known to two" not in repr(identity_provider(tmp_path))


@pytest.mark.parametrize(
    ("was", "now", "field"),
    [
        ("https://id", "http://id", "issuer"),
        ("https://id.example.org", "https://id.example.org?x=1", "issuer"),
        ('"duty"', '"Duty Officers"', "theirs"),
        ("client_id", "clearances", "client_id"),
        ("[groups]", "[clearances]", "clearances"),
    ],
)
def test_a_file_of_a_provider_that_cannot_be_right_is_refused(was, now, field):
    with pytest.raises(UnreadableInput, match=field):
        read_provider(GOOD.replace(was, now, 1))
