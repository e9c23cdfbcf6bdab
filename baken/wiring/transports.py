"""Which ways letters can leave this home: those in its ``transports.toml``, and none without that file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from baken.errors import OutsideServiceFailed
from baken.formats.toml_table import read_toml
from baken.operations.response_ports import Transport
from baken.records.letter import Letter
from baken.transports.settings import Settings
from baken.wiring.files import read_bytes, said_of
from baken.wiring.networks import KILL_SWITCH

FILE = "transports.toml"
WITHOUT_NETWORK = frozenset({"folder"})


@dataclass(frozen=True, slots=True)
class Switched:
    """A transport that sends nothing while the kill switch of the home is thrown."""

    transport: Transport
    switch: Path

    @property
    def name(self) -> str:
        """What the way is called."""
        return self.transport.name

    def send(self, letter: Letter) -> str:
        """Send a letter, unless no request may leave this home now."""
        if self.switch.exists():
            raise OutsideServiceFailed(
                f"the kill switch is thrown; remove the file {self.switch} to let letters leave"
            )
        return self.transport.send(letter)


def open_transports(home: Path) -> Mapping[str, Transport]:
    """Return every way this home has, by name; none without a file of settings.  Nothing is sent yet.

    Raises: UnreadableInput in one line that names the file, the table and the field.
    """
    file = home / FILE
    if not file.exists():
        return {}
    with said_of(str(file)):
        told = read_toml(read_bytes(str(file)).decode(errors="replace"))
        installed = {entry.name: entry for entry in entry_points(group="baken.transports")}
        for name in sorted(told.told.keys() - installed.keys()):
            raise told.refuse(name, f"no such transport; there are {', '.join(sorted(installed))}")
        return {
            name: _opened(
                installed[name], Settings(table=told.table(name), home=home, environment=os.environ)
            )
            for name in sorted(told.told)
        }


def _opened(entry: EntryPoint, settings: Settings) -> Transport:
    transport: Transport = entry.load()(settings)
    settings.table.refuse_unknown()
    return transport if entry.name in WITHOUT_NETWORK else Switched(transport, settings.home / KILL_SWITCH)
