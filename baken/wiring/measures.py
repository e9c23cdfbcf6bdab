"""Which measures there are: those of every installed catalogue, then what a home adds or replaces.

A catalogue is a package with a file ``catalogue.toml``, named by an entry point in the group
``baken.measures``; no code of it is run.  Ours is named so too.
"""

from importlib import resources
from importlib.metadata import entry_points
from pathlib import Path

from baken.errors import WrongUsage
from baken.records.measure import Catalogue
from baken.respond.measures.catalogue_file import NO_FILE, CatalogueFile, catalogue_of, read_catalogue_file
from baken.wiring.files import read_bytes, said_of

GROUP = "baken.measures"
SHIPPED = "catalogue.toml"
OWN = "measures.toml"


def catalogue(home: Path) -> Catalogue:
    """Return the measures that hold in a home.

    Raises: UnreadableInput in one line that names the file, the measure and the field; WrongUsage when no
    catalogue is installed.
    """
    texts = [*_installed(), *_own(home)]
    if not texts:
        raise WrongUsage(f"no catalogue of measures is installed (entry points {GROUP}); install Baken anew")
    files: list[CatalogueFile] = []
    for name, text in texts:
        with said_of(name):
            files.append(read_catalogue_file(text, files[-1] if files else NO_FILE))
    return catalogue_of(files)


def _installed() -> list[tuple[str, str]]:
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return [
        (f"{entry.value}/{SHIPPED}", (resources.files(entry.module) / SHIPPED).read_text(encoding="utf-8"))
        for entry in found
    ]


def _own(home: Path) -> list[tuple[str, str]]:
    file = home / OWN
    return [(str(file), read_bytes(str(file)).decode(errors="replace"))] if file.exists() else []
