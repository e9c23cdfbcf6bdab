"""Doing something again and again beside the console, for as long as that is open."""

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from baken.errors import BakenError

SECONDS_AN_HOUR = 3_600.0


@contextmanager
def repeated(do: Callable[[], object], *, every_h: float, tell: Console) -> Iterator[None]:
    """Let something be done every so many hours from now on, beside what is done meanwhile; 0 is never.

    What goes wrong once is told, and tried again when its time comes.
    """
    is_over = threading.Event()

    def go_on() -> None:
        while not is_over.wait(every_h * SECONDS_AN_HOUR):
            try:
                do()
            except BakenError as error:
                tell.print(Text(f"baken: this turn of the watch was not taken: {error}"))
            except Exception as error:  # noqa: BLE001 - the watch goes on, whatever one turn came upon
                # A full disk, a database that somebody else holds, or a mistake of ours: it is told in full.
                tell.print(Text("".join(traceback.format_exception(error))))
                tell.print(Text("baken: this turn of the watch was not taken; the next will be tried"))

    thread = threading.Thread(target=go_on, daemon=True)
    if every_h > 0.0:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
