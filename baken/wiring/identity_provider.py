"""Which identity provider a home believes: that in its ``oidc.toml``, and none without that file."""

import os
from pathlib import Path

from baken.feeds.identity_provider import IdentityProvider
from baken.feeds.permit import KillSwitch
from baken.formats.toml_table import TomlTable
from baken.people.provider_file import read_provider
from baken.wiring.files import read_bytes, said_of
from baken.wiring.networks import KILL_SWITCH

FILE = "oidc.toml"


def identity_provider(home: Path) -> IdentityProvider | None:
    """Return the provider a home believes; nothing is asked of it yet.

    Raises: UnreadableInput in one line that names the file and the field.
    """
    file = home / FILE
    if not file.exists():
        return None
    with said_of(str(file)):
        provider, told = read_provider(read_bytes(str(file)).decode(errors="replace"))
        return IdentityProvider(
            provider=provider,
            client_secret=_secret(told, home),
            switch=KillSwitch(path=home / KILL_SWITCH),
        )


def _secret(told: TomlTable, home: Path) -> str:
    """Return the secret of this node at its provider, from where the file says, and never from the file."""
    if told.has("client_secret_file"):
        return read_bytes(str(home / told.text("client_secret_file"))).decode(errors="replace").strip()
    name = told.text("client_secret_env")
    secret = os.environ.get(name, "")
    if not secret:
        raise told.refuse("client_secret_env", f"{name} is not set; set it, or give client_secret_file")
    return secret
