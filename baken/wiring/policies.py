"""Which policies hold in a home: Baken's own, and every file of a state in the folder ``policies``."""

from importlib import resources
from pathlib import Path

from baken.errors import UnreadableInput
from baken.share.policy import Policies, PolicySet, read_policies, read_policy_set
from baken.wiring.files import read_bytes

FOLDER = "policies"
ENDING = ".cedar"
SHIPPED = "baken"


def policies(home: Path) -> Policies:
    """Return the policies that hold in a home.

    What lies in the folder and cannot be read, or is no policy, is told as broken: then nothing is allowed.
    """
    shipped, (own, broken) = _shipped(f"{SHIPPED}{ENDING}"), _own(home / FOLDER)
    read = read_policies({SHIPPED: shipped, **own}, schema())
    return Policies(sets=read.sets, broken=(*read.broken, *broken))


def shipped_policies() -> Policies:
    """Return Baken's own policies and no state's: for games."""
    return read_policies({SHIPPED: _shipped(f"{SHIPPED}{ENDING}")}, schema())


def policy_file(path: Path) -> PolicySet:
    """Read one file of a state, that may lie anywhere.

    Raises: UnreadableInput in one line that names the file and the rule.
    """
    try:
        return read_policy_set(_name(path), _text(path), schema())
    except UnreadableInput as problem:
        raise UnreadableInput(f"{path} {problem}") from problem


def schema() -> str:
    """Return the schema that ships: what a policy may ask about."""
    return _shipped(f"{SHIPPED}.cedarschema")


def _own(folder: Path) -> tuple[dict[str, str], list[str]]:
    texts, broken = {}, []
    try:
        files = _files(folder)
    except UnreadableInput as problem:
        return {}, [f"{folder.name}: {problem}"]
    for file in files:
        try:
            texts[_name(file)] = _text(file)
        except UnreadableInput as problem:
            broken.append(f"{file.name}: {problem}")
    return texts, broken


def _files(folder: Path) -> list[Path]:
    # Only a folder that is not there asks nothing more; one that cannot be listed might.
    try:
        return sorted(folder.iterdir()) if folder.is_symlink() or folder.exists() else []
    except OSError as problem:
        raise UnreadableInput(f"{problem.strerror}; make it a folder that can be read") from problem


def _name(file: Path) -> str:
    if file.suffix != ENDING or file.stem == SHIPPED:
        raise UnreadableInput(f"is no policy of a state; call it like NL{ENDING}, or move it")
    return file.stem


def _text(file: Path) -> str:
    try:
        return read_bytes(str(file)).decode()
    except UnicodeDecodeError as problem:
        raise UnreadableInput("is no text in UTF-8; write it anew") from problem


def _shipped(name: str) -> str:
    return (resources.files("baken.share") / "policies" / name).read_text(encoding="utf-8")
