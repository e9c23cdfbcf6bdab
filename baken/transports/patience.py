"""An end to waiting: what drips a byte a second is silent never, and done never."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer


@contextmanager
def cut_off_after(patience_s: float, line: Callable[[], socket.socket | None]) -> Iterator[None]:
    """End a line from both sides when the block takes longer; whoever reads it then finds its end.

    ``line`` gives the line as it is at that moment: a handshake may have put another in its place.
    """

    def cut_off() -> None:
        # Shut down and not closed: its number may be another file's before the reader wakes up.
        if (open_line := line()) is not None:
            # It may have gone down by itself in the same moment.
            with suppress(OSError):
                open_line.shutdown(socket.SHUT_RDWR)

    limit = Timer(patience_s, cut_off)
    limit.daemon = True
    limit.start()
    try:
        yield
    finally:
        limit.cancel()
