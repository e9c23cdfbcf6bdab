"""An identity provider in this process: a good one, and every bad one that is asked for."""

import base64
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from baken.feeds.identity_provider import IdentityProvider
from baken.feeds.permit import KillSwitch
from baken.people.id_tokens import challenge_of
from baken.people.one_time import posix_s
from baken.records.sign_in import Provider

ISSUER = "https://id.example.org"
SECRET = "known to two"
PROVIDER = Provider(
    issuer=ISSUER,
    client_id="baken",
    redirect="https://baken.example.org/sign-in/back",
    groups=(("theirs", "duty"),),
)


def new_key(kid="first"):
    return ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"})


def told(document):
    # As over a line: to be read once.
    return httpx.Response(200, content=iter([json.dumps(document).encode()]))


@dataclass
class InventedProvider:
    """What it says of whoever signs in; ``changes`` are put over the claims, ``token`` in place of it all."""

    now_tai_ns: object
    changes: dict = field(default_factory=dict)
    key: ECKey = field(default_factory=new_key)
    published: list = field(default_factory=list)
    token: object = None
    asked: dict = field(default_factory=dict)
    answers: list = field(default_factory=list)
    issuer: str = ISSUER
    given: str = ""

    def answer(self, request):
        self.answers.append(request.url.path)
        if request.url.path.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return told({"issuer": self.issuer} | {name: f"{ISSUER}/{name}" for name in names})
        if request.url.path == "/jwks_uri":
            keys = self.published or [self.key]
            return told({"keys": [key.as_dict(private=False) for key in keys]})
        said = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        if request.headers["authorization"] != httpx.BasicAuth("baken", "known%20to%20two")._auth_header:
            return httpx.Response(401)
        if challenge_of(said["code_verifier"]) != self.asked["code_challenge"] or said["code"] != "the code":
            return httpx.Response(400)
        self.given = self.id_token()
        return told({"id_token": self.given})

    def id_token(self):
        now_s = posix_s(self.now_tai_ns())
        claims = {
            "iss": ISSUER,
            "aud": "baken",
            "sub": "carla at work",
            "iat": now_s,
            "exp": now_s + 300,
            "nonce": self.asked["nonce"],
            "groups": ["theirs", "others"],
        } | self.changes
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.token is not None:
            return self.token(claims)
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    def sends_back(self, url):
        """Let somebody sign in there, and return what his browser brings back."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return {"code": "the code", "state": self.asked["state"]}

    def asks(self, switch, provider=PROVIDER):
        return IdentityProvider(
            provider=provider,
            client_secret=SECRET,
            switch=KillSwitch(path=switch),
            transport=httpx.MockTransport(self.answer),
        )


def part(said):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def without_signature(claims):
    return f"{part({'alg': 'none'})}.{part(claims)}."


def signed_with_what_is_public(key):
    """Return what signs with a shared secret that is the public key itself (RFC 8725, section 2.1)."""

    def sign(claims):
        said = f"{part({'alg': 'HS256', 'kid': key.kid})}.{part(claims)}"
        return f"{said}.{part(hmac.digest(key.as_pem(private=False), said.encode(), 'sha256'))}"

    return sign
