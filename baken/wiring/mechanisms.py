"""Which mechanisms and which directory hold in a home: its own files, else those that come with Baken."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from baken.errors import NoSuchRecord
from baken.records.response import Directory, Mechanism
from baken.respond.directory_file import EMPTY_DIRECTORY, read_directory
from baken.respond.mechanism_file import read_mechanism
from baken.wiring.files import read_bytes, said_of

FOLDER = "mechanisms"
DIRECTORY = "directory.toml"
# In the package it stands beside the mechanisms, and is none.
EXAMPLE = "directory_example"


def mechanism_texts(home: Path) -> Mapping[str, str]:
    """Return the text of each mechanism by its name: a home's own stands in place of the one that ships."""
    own = {
        file.stem: read_bytes(str(file)).decode(errors="replace")
        for file in sorted((home / FOLDER).glob("*.toml"))
    }
    return {**shipped_texts(), **own}


def shipped_texts() -> Mapping[str, str]:
    """Return the text of each mechanism that comes with Baken, which anybody can read at its source."""
    return {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in (resources.files("baken.respond") / "mechanisms").iterdir()
        if file.name.endswith(".toml") and file.name != f"{EXAMPLE}.toml"
    }


def mechanism_text(home: Path, name: str) -> str:
    """Return the text of one mechanism.

    Raises: NoSuchRecord that tells those there are.
    """
    return text_among(mechanism_texts(home), name)


def text_among(texts: Mapping[str, str], name: str) -> str:
    """Return the text of one of some mechanisms.

    Raises: NoSuchRecord that tells those there are.
    """
    if name not in texts:
        raise NoSuchRecord(f"no mechanism is called {name!r}; there are {', '.join(sorted(texts))}")
    return texts[name]


def text_of_mechanism(home: Path, name_or_file: str) -> str:
    """Return the text of a mechanism that is called by its name, or by a file that ends in ``.toml``."""
    if name_or_file.endswith(".toml"):
        return read_bytes(name_or_file).decode(errors="replace")
    return mechanism_text(home, name_or_file)


def place_of_mechanism(home: Path, name: str) -> str:
    """Return where a mechanism is read from, as a person is told."""
    own = home / FOLDER / f"{name}.toml"
    return str(own) if own.exists() else f"{name}.toml, as it ships"


def mechanism(home: Path, name: str) -> Mechanism:
    """Return one mechanism, read.

    Raises: UnreadableInput in one line that names the file, the table and the field.
    """
    return mechanism_among(mechanism_texts(home), home, name)


def mechanism_among(texts: Mapping[str, str], home: Path, name: str) -> Mechanism:
    """Return one of some mechanisms, read.

    Raises: as ``mechanism``.
    """
    text = text_among(texts, name)
    with said_of(place_of_mechanism(home, name)):
        return read_mechanism(text)


def directory(home: Path) -> Directory:
    """Return whom to call and who is on duty; an empty directory when a home has none."""
    file = home / DIRECTORY
    if not file.exists():
        return EMPTY_DIRECTORY
    with said_of(str(file)):
        return read_directory(read_bytes(str(file)).decode(errors="replace"))


def example_directory() -> str:
    """Return the text of the directory that ships as an example."""
    return (resources.files("baken.respond") / "mechanisms" / f"{EXAMPLE}.toml").read_text(encoding="utf-8")
