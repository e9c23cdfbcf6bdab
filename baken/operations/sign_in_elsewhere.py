"""Come in through an identity provider: there with a question, back with its answer, once and in time.

Source: OpenID Connect Core 1.0, authorization code flow, with PKCE (RFC 7636).
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from baken.errors import BakenError
from baken.operations.desk import Desk
from baken.operations.manage_people import follow_claims
from baken.operations.people_ports import People
from baken.operations.sign_in import (
    SECOND_NS,
    SignedIn,
    SignInRefused,
    TooOften,
    begin_session,
    keep_at_door,
)
from baken.people.acts import Roster
from baken.people.bearer import bearer_digest, new_bearer
from baken.people.id_tokens import challenge_of, checked
from baken.people.patience import counted_as
from baken.records.account import Account
from baken.records.sign_in import Claimed, Endpoints, Journey, Provider, Way

OIDC = "oidc"
LONGEST_JOURNEY_NS = 600 * SECOND_NS


class AsksProvider(Protocol):
    """What is asked of an identity provider while somebody signs in."""

    @property
    def provider(self) -> Provider:
        """Which provider it is, and what it is believed in."""
        ...

    def endpoints(self) -> Endpoints:
        """Return where the provider does what it does."""
        ...

    def id_token(self, endpoints: Endpoints, code: str, verifier: str) -> str:
        """Return the token that says who came back with a code."""
        ...

    def keys(self, endpoints: Endpoints) -> Mapping[str, Any]:
        """Return the keys with which the provider signs at this moment."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where somebody is sent, and the state that his browser, and no other, brings back."""

    url: str
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What somebody comes back with: the code and the state of the provider, and what his browser kept."""

    code: str = field(repr=False)
    state: str = field(repr=False)
    kept_state: str = field(repr=False)
    address: str


def send_to_provider(desk: Desk, people: People, asks: AsksProvider, address: str) -> Sent:
    """Begin somebody's way to his provider.

    Raises: TooOften; RefusedByPolicy when no request may leave; OutsideServiceFailed, UnreadableInput.
    """
    _, house = counted_as("", is_known=False, address=address)
    if wait_s := people.count_attempt([house], desk.at_tai_ns):
        raise TooOften(wait_s)
    endpoints, provider = asks.endpoints(), asks.provider
    state, nonce, verifier = (new_bearer(desk.luck) for _ in range(3))
    people.begin_journey(
        Journey(digest=bearer_digest(state), nonce=nonce, verifier=verifier, begun_tai_ns=desk.at_tai_ns)
    )
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.redirect,
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    } | ({"acr_values": provider.acr} if provider.acr else {})
    between = "&" if "?" in endpoints.authorization else "?"
    return Sent(url=f"{endpoints.authorization}{between}{urlencode(asked)}", state=state)


def back_from_provider(
    desk: Desk, people: People, roster: Roster, asks: AsksProvider, back: Back
) -> SignedIn:
    """Let in whoever comes back from his provider, when it says who he is and he has an account here.

    Raises: SignInRefused for a way that was not his, too long, or ended already, for an answer that does not
    hold, and for somebody without an account; RefusedByPolicy, OutsideServiceFailed.
    """
    is_his = hmac.compare_digest(back.state.encode(), back.kept_state.encode()) and bool(back.state)
    journey = people.end_journey(bearer_digest(back.state)) if is_his else None
    if journey is None or desk.at_tai_ns > journey.begun_tai_ns + LONGEST_JOURNEY_NS:
        raise _refused(desk, back, "came back by no way of his, or too late")
    endpoints = asks.endpoints()
    token = asks.id_token(endpoints, back.code, journey.verifier)
    try:
        claimed = checked(
            token,
            asks.keys(endpoints),
            asks.provider,
            nonce=journey.nonce,
            at_tai_ns=desk.at_tai_ns,
        )
    except BakenError as error:
        raise _refused(desk, back, str(error)) from None
    account = _account(roster, asks.provider, claimed)
    if account is None or not account.is_active:
        # So an administrator finds whom to bind.
        raise _refused(desk, back, f"no account that may come in is bound to {claimed.subject[:200]}")
    roster = _followed(desk, account, asks.provider, claimed)
    _, house = counted_as("", is_known=False, address=back.address)
    people.forgive_attempt("", house)
    return begin_session(desk, people, roster, roster.account(account.name), Way.PROVIDER, back.address)


def _followed(desk: Desk, account: Account, provider: Provider, claimed: Claimed) -> Roster:
    ours = {here: False for _, here in provider.groups}
    ours |= {here: True for theirs, here in provider.groups if theirs in claimed.groups}
    at_provider = Desk(log=desk.log, actor=OIDC, at_tai_ns=desk.at_tai_ns, luck=desk.luck)
    return follow_claims(at_provider, account.name, ours)


def _account(roster: Roster, provider: Provider, claimed: Claimed) -> Account | None:
    bound = f"{provider.issuer} {claimed.subject}"
    found = [account for account in roster.accounts.values() if account.subject == bound]
    return found[0] if len(found) == 1 else None


def _refused(desk: Desk, back: Back, because: str) -> SignInRefused:
    keep_at_door(desk, "refused", "", back.address, ("way", Way.PROVIDER.value), ("because", because))
    return SignInRefused()
