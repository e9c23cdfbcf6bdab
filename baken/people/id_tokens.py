"""What an identity provider says of somebody, believed only when it is its own, for us, for now, and asked.

Source: OpenID Connect Core 1.0, section 3.1.3.7; RFC 7519; RFC 8725 (no algorithm but those on a list).
"""

import base64
import hashlib
import hmac
import math
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from baken.errors import BadMessage
from baken.people.one_time import posix_s
from baken.records.sign_in import Claimed, Provider

# Signatures with a public key only: who checks a token can make none.
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519")
CLOCKS_DIFFER_S = 60


def challenge_of(verifier: str) -> str:
    """Return what is shown first of a verifier that is shown later (RFC 7636, S256).

    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")  # RFC 7636, appendix B
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def checked(
    token: str, keys: Mapping[str, Any], provider: Provider, *, nonce: str, at_tai_ns: int
) -> Claimed:
    """Return what a provider's token says of somebody.

    Raises: BadMessage for a token that is not its own, not for us, not for now, or not the one asked for.
    """
    claims = _claims(token, keys)
    now_s = posix_s(at_tai_ns)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    wrong = {
        "iss": claims.get("iss") != provider.issuer,
        "aud": provider.client_id not in audiences,
        "azp": claims.get("azp", provider.client_id if len(audiences) == 1 else None) != provider.client_id,
        "exp": _number(claims, "exp") + CLOCKS_DIFFER_S <= now_s,
        "iat": _number(claims, "iat") - CLOCKS_DIFFER_S > now_s,
        "nonce": not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
        "acr": bool(provider.acr) and claims.get("acr") != provider.acr,
        "sub": not isinstance(claims.get("sub"), str) or not claims["sub"].strip(),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise BadMessage("is not what was asked for", field=name, next_step="sign in anew")
    groups = claims.get(provider.groups_claim, [])
    told = groups if isinstance(groups, list) else []
    return Claimed(subject=claims["sub"], groups=frozenset(each for each in told if isinstance(each, str)))


def _claims(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    try:
        known = KeySet.import_key_set({"keys": keys["keys"]})
        return dict(jwt.decode(token, known, algorithms=list(ALGORITHMS)).claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        # What the library says may hold the token.
        raise BadMessage(
            f"the token of the identity provider does not hold ({type(error).__name__})",
            next_step="sign in anew",
        ) from None


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadMessage("is missing, or no number", field=name, next_step="sign in anew")
    return float(value)
