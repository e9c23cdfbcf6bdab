"""What a transport is told when it is opened: its table of the settings, the home, and the environment."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from baken.formats.toml_table import TomlTable
from baken.transports.message import MAILBOX


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One table of ``transports.toml``.  The file names secrets; the environment holds them."""

    table: TomlTable
    home: Path
    environment: Mapping[str, str] = field(repr=False)

    def path(self, name: str) -> Path:
        """Return a field as a path; one that is not absolute counts from the home."""
        return self.home / Path(self.table.text(name)).expanduser()

    def mailbox(self, name: str) -> str:
        """Return a field as a mail address.

        Raises: UnreadableInput when it is none.
        """
        text = self.table.text(name)
        if not MAILBOX.fullmatch(text):
            raise self.table.refuse(name, f"is {text!r}; a mail address reads like desk@example.org")
        return text

    def secret(self, name: str, table: TomlTable) -> str | None:
        """Return what the environment holds under the name that a field gives; ``None`` without the field.

        Raises: UnreadableInput when the environment holds nothing there.
        """
        if not table.text(name, ""):
            return None
        variable = table.text(name)
        secret = self.environment.get(variable)
        if not secret:
            raise table.refuse(name, f"the environment holds no {variable}; set it to the secret itself")
        return secret

    def certificates(self) -> ssl.SSLContext:
        """Return what the other side's certificate is checked against: ``ca_file``, else the system's own.

        Raises: UnreadableInput when the file cannot be read as certificates.
        """
        if not self.table.text("ca_file", ""):
            return ssl.create_default_context()
        try:
            return ssl.create_default_context(cafile=str(self.path("ca_file")))
        except (OSError, ssl.SSLError) as error:
            raise self.table.refuse("ca_file", f"holds no certificates ({error}); give a PEM file") from error

    def seconds(self, name: str, otherwise_s: float) -> float:
        """Return a field as a positive number of seconds.

        Raises: UnreadableInput when it is none.
        """
        given_s = self.table.number_if_any(name)
        if given_s is not None and given_s <= 0.0:
            raise self.table.refuse(name, f"is {given_s}; a time is longer than nothing")
        return otherwise_s if given_s is None else given_s
