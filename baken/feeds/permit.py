"""The permission to use the network, who stands behind it, and the switch that takes it away."""

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from baken.errors import RefusedByPolicy, WrongUsage
from baken.feeds.files import FOR_ITS_OWNER


@dataclass(frozen=True, slots=True, kw_only=True)
class KillSwitch:
    """A file.  While it is there no request leaves, from any process that shares the home."""

    path: Path

    @property
    def is_thrown(self) -> bool:
        return self.path.exists()

    def throw(self, because: str) -> None:
        """Stop every request from now on, and leave the reason for who finds it."""
        self.path.parent.mkdir(mode=FOR_ITS_OWNER, parents=True, exist_ok=True)
        self.path.write_text(because + "\n", encoding="utf-8")

    def lift(self) -> None:
        """Let requests leave again."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPermit:
    """What somebody gave when they allowed the network.

    ``contact`` reaches that somebody, by mail or page: a service that is troubled by a program wants to write
    to its owner before it shuts a door.

    Raises: WrongUsage when there is no contact, or one that cannot stand in a header.
    """

    contact: str
    kill_switch: KillSwitch

    def __post_init__(self) -> None:
        if not self.contact.strip() or not (self.contact.isascii() and self.contact.isprintable()):
            raise WrongUsage("a network permit names a contact in plain ASCII, such as ops@example.org")

    @property
    def user_agent(self) -> str:
        """How Baken introduces itself.

        >>> NetworkPermit(contact="ops@example.org", kill_switch=KillSwitch(path=Path("STOP"))).user_agent
        'Baken/... (+ops@example.org)'
        """
        return f"Baken/{version('baken')} (+{self.contact})"


def refuse_without(permit: NetworkPermit | None) -> NetworkPermit:
    """Return the permit when it holds at this moment.

    Raises: RefusedByPolicy when none was given, or the kill switch is thrown.
    """
    if permit is None:
        raise RefusedByPolicy("the network was not allowed; allow it when you ask for a fetch")
    if permit.kill_switch.is_thrown:
        raise RefusedByPolicy(
            f"the kill switch is thrown; remove the file {permit.kill_switch.path.name} to let requests leave"
        )
    return permit
