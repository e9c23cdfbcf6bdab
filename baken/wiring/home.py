"""Where Baken lives on this machine."""

import os
from pathlib import Path

import platformdirs


def home_folder(chosen: str | None) -> Path:
    """Return the home: the one chosen, else ``$BAKEN_HOME``, else the platform's data folder."""
    return Path(chosen or os.environ.get("BAKEN_HOME") or platformdirs.user_data_path("baken")).expanduser()
