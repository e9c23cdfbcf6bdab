"""``baken reentry withdraw``: take back what was sent of a re-entry."""

from pathlib import Path
from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, log_console
from baken.errors import WrongUsage
from baken.formats.cap_reading import SentAlert, read_cap
from baken.operations.withdraw_reentry import withdraw_reentry
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of, write_bytes


def withdraw(
    context: typer.Context,
    alert: Annotated[str, typer.Argument(metavar="ALERT", help="The .cap.xml that was sent last.")],
    folder: Annotated[str, typer.Option("--output", "-o", help="A folder that is there.")],
    because: Annotated[str, typer.Option("--because", help="Why, in words for whom it was sent to.")],
) -> int:
    """Write a CAP Cancel, and a calendar that takes its entries back, for an alert and all before it."""
    setting: Setting = context.obj
    check_folder(folder)
    made = withdraw_reentry(sent_alert(alert), because, now_tai_ns=now_tai_ns(), language=setting.language)
    paths = [str(Path(folder, f"{made.message_id}.{ending}")) for ending, _ in made.texts]
    for path, (_, content) in zip(paths, made.texts, strict=True):
        write_bytes(path, content)
    if setting.as_json:
        print_json({"files": paths})
        return Exit.DONE
    for path in paths:
        log_console(setting).print(path, highlight=False, markup=False, soft_wrap=True)
    return Exit.DONE


def check_folder(folder: str) -> None:
    """Refuse a folder that is none."""
    if not Path(folder).is_dir():
        raise WrongUsage(f"-o {folder}: there is no such folder; make it, or name another")


def sent_alert(path: str) -> SentAlert:
    """Read an alert that was sent.

    Raises: UnreadableInput or BadMessage in one line that begins with the file's name.
    """
    with said_of(path):
        return read_cap(read_bytes(path))
