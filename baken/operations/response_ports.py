"""What the response asks of the world outside: ways for a letter to leave the house."""

from typing import Protocol

from baken.records.letter import Letter


class Transport(Protocol):
    """One way for letters to leave: a folder, a mail server, a page that takes them.

    A letter is delivered at least once: when the answer gets lost nobody knows whether it was taken, and it
    is sent again with the same key.  Whoever receives it can see by the key that he has it already.
    """

    @property
    def name(self) -> str:
        """What the way is called, as contacts and settings name it."""
        ...

    def send(self, letter: Letter) -> str:
        """Send a letter, and return what the other side answered when it took it, in one line.

        Raises: OutsideServiceFailed when trying again may help, and it may even have been taken;
        LetterRefused when the other side said no for good.
        """
        ...
