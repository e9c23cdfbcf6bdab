"""Asking an identity provider, only while somebody signs in: where things are, his token, its keys.

Source: OpenID Connect Discovery 1.0; RFC 6749, section 4.1.3; RFC 7636.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from baken.errors import OutsideServiceFailed, RefusedByPolicy, UnreadableInput
from baken.feeds.line import LOOPBACK
from baken.feeds.permit import KillSwitch
from baken.records.sign_in import Endpoints, Provider

PATIENCE_S = 10.0
LARGEST_ANSWER_BYTES = 1_000_000
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """One provider, and the secret by which it knows this node.  Redirects are not followed."""

    provider: Provider
    client_secret: str = field(repr=False)
    switch: KillSwitch
    transport: httpx.BaseTransport | None = None

    def endpoints(self) -> Endpoints:
        """Return where the provider does what it does.

        Raises: UnreadableInput when it speaks of another issuer, or of places without TLS.
        """
        said = self._ask("GET", self.provider.issuer.rstrip("/") + DISCOVERY)
        if said.get("issuer") != self.provider.issuer:
            raise UnreadableInput("the identity provider calls itself otherwise than oidc.toml does")
        return Endpoints(
            authorization=_place(said, "authorization_endpoint"),
            token=_place(said, "token_endpoint"),
            keys=_place(said, "jwks_uri"),
        )

    def id_token(self, endpoints: Endpoints, code: str, verifier: str) -> str:
        """Return the token that says who came back with a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.provider.redirect,
            "code_verifier": verifier,
        }
        token = self._ask("POST", endpoints.token, form).get("id_token")
        if not isinstance(token, str):
            raise UnreadableInput("the identity provider gave no ID token")
        return token

    def keys(self, endpoints: Endpoints) -> Mapping[str, Any]:
        """Return the keys with which the provider signs at this moment."""
        return self._ask("GET", endpoints.keys)

    def _ask(self, method: str, url: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        if self.switch.is_thrown:
            raise RefusedByPolicy(
                f"the kill switch is thrown; remove the file {self.switch.path.name} to let requests leave"
            )
        # At DEBUG the library below writes every header, the secret among them.
        logging.getLogger("httpcore").setLevel(logging.INFO)
        who = (quote(self.provider.client_id, safe=""), quote(self.client_secret, safe=""))
        try:
            with (
                httpx.Client(
                    timeout=PATIENCE_S, follow_redirects=False, trust_env=False, transport=self.transport
                ) as client,
                client.stream(
                    method,
                    url,
                    data=form,
                    auth=who if form is not None else None,
                    headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                ) as answer,
            ):
                return _document(answer)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutsideServiceFailed(
                f"the identity provider did not answer ({type(error).__name__}); try again later"
            ) from None


def _document(answer: httpx.Response) -> Mapping[str, Any]:
    if answer.status_code != 200:
        raise OutsideServiceFailed(f"the identity provider answered {answer.status_code}; sign in anew")
    said = b""
    for part in answer.iter_raw():
        said += part
        if len(said) > LARGEST_ANSWER_BYTES:
            raise UnreadableInput("the identity provider's answer is larger than any")
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        raise UnreadableInput("the identity provider's answer is no JSON") from None
    if not isinstance(told, dict):
        raise UnreadableInput("the identity provider's answer is no object")
    return told


def _place(said: Mapping[str, Any], name: str) -> str:
    place = said.get(name)
    try:
        read = urlsplit(place if isinstance(place, str) else "")
    except ValueError:
        read = urlsplit("")
    if not isinstance(place, str) or not (
        read.scheme == "https" or (read.scheme == "http" and read.hostname in LOOPBACK)
    ):
        raise UnreadableInput(f"the identity provider names no {name} that is reached over TLS")
    return place
