"""One-time codes: those of a telephone, which change every half minute, and those kept on paper.

Source: RFC 6238 (TOTP, SHA-1, six figures, steps of 30 s) and RFC 4226.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

import pyotp

from baken.astro.time import utc_text

SECRET_BYTES = 20
STEP_S = 30
# A telephone may be half a minute off, either way.
DRIFT_STEPS = 1
N_RECOVERY = 10
# 120 bits: what is guessed at in a stolen database is not found, though one plain hash keeps it.
RECOVERY_BYTES = 15
SHOWN_BY = 4


def posix_s(at_tai_ns: int) -> int:
    """Return an instant as seconds of UTC since 1970, as the standards of signing in count."""
    return int(datetime.fromisoformat(utc_text(at_tai_ns, 0)).timestamp())


def new_one_time_secret(luck: Callable[[int], bytes]) -> bytes:
    """Return a secret for a telephone."""
    return luck(SECRET_BYTES)


def enrolment_address(secret: bytes, account: str, node: str) -> str:
    """Return the address that a telephone reads as a picture: who it is for, and the secret."""
    return _totp(secret).provisioning_uri(name=account, issuer_name=f"Baken {node}")


def secret_text(secret: bytes) -> str:
    """Return a secret as somebody types it who cannot show his telephone a picture."""
    return base64.b32encode(secret).decode()


def step_of(code: str, secret: bytes, at_tai_ns: int) -> int | None:
    """Return the half minute whose code this is, near an instant; None when it is the code of none."""
    now = posix_s(at_tai_ns) // STEP_S
    steps = range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)
    told = "".join(code.split())
    # All are compared, so that how long it takes says nothing.
    right = [step for step in steps if hmac.compare_digest(_code(secret, step), told.encode())]
    return right[-1] if right else None


def code_at(secret: bytes, at_tai_ns: int) -> str:
    """Return the code that a telephone shows at an instant."""
    return _code(secret, posix_s(at_tai_ns) // STEP_S).decode()


def new_recovery_codes(luck: Callable[[int], bytes]) -> tuple[str, ...]:
    """Return codes for paper, each good once."""
    return tuple(_spaced(base64.b32encode(luck(RECOVERY_BYTES)).decode()) for _ in range(N_RECOVERY))


def recovery_digest(code: str) -> str:
    """Return what is kept in the place of a code on paper, however it was typed."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _spaced(code: str) -> str:
    return "-".join(code[n : n + SHOWN_BY] for n in range(0, len(code), SHOWN_BY))


def _code(secret: bytes, step: int) -> bytes:
    return _totp(secret).generate_otp(step).encode()


def _totp(secret: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(secret_text(secret), interval=STEP_S)
