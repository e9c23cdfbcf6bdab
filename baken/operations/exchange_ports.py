"""What exchange with partners asks of the world outside: folders, and somebody who checks dossiers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from baken.evidence.signed_note import VerifierKey


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierVerdict:
    """Whether a dossier holds, and what was found; of one that does not, why."""

    holds: bool
    told: str
    realm: str = ""
    recipient: str = ""
    signed_by: str = ""


# Checks a dossier, a zip, against one key that is trusted.
DossierCheck: TypeAlias = Callable[[bytes, VerifierKey], DossierVerdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class LyingBundle:
    """What lies in the folder where bundles come in; no content when it is no file, or larger than any."""

    name: str
    content: bytes | None


class Outbox(Protocol):
    """Where bundles leave: somebody carries them from there."""

    def put(self, name: str, content: bytes) -> str:
        """Lay a bundle there, whole or not at all, once however often; return where it lies.

        Raises: OutsideServiceFailed when it cannot; RefusedByPolicy when another lies there under that name.
        """
        ...
