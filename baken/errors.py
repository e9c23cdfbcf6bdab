"""What can go wrong, and whose mistake it is.

    BakenError
    ├─ TheirMistake                 a message, a file or an answer that came from outside
    │   ├─ BadMessage               one place in it: file, line, field
    │   └─ UnreadableInput          nothing in it could be used
    ├─ WrongUsage                   a question that was put wrongly
    │   └─ NoSuchRecord             a name that the store does not know
    ├─ RefusedByPolicy              the question was clear; the answer is no
    ├─ LetterRefused                the other side will not take a letter, however often it is sent
    └─ OutsideServiceFailed         a catalogue service, a database or a cluster did not answer

A mistake of ours, the programmer's, is a ``ValueError`` like any other.
The doors turn each branch into an exit code (``baken.cli.exits``); nothing below a door knows of exits.
"""


class BakenError(Exception):
    """Anything Baken refuses or cannot do, said in one line that names the next step."""


class TheirMistake(BakenError):
    """Something that came from outside is not what it says it is."""


class BadMessage(TheirMistake):
    """One place in a message that cannot be right.

    Reads as ``LINE FIELD: what is wrong; what to do``; the door that knows the file puts its name in front.

    >>> str(BadMessage("checksum is 5, not 7", line=3, field="LINE1", next_step="fetch it anew"))
    '3 LINE1: checksum is 5, not 7; fetch it anew'
    """

    def __init__(
        self, problem: str, *, line: int | None = None, field: str = "", next_step: str = ""
    ) -> None:
        place = " ".join(part for part in (str(line) if line else "", field) if part)
        super().__init__((f"{place}: " if place else "") + problem + (f"; {next_step}" if next_step else ""))
        self.problem, self.line, self.field, self.next_step = problem, line, field, next_step


class UnreadableInput(TheirMistake):
    """A whole input of which nothing could be used: empty, binary, cut short, of no known format."""


class WrongUsage(BakenError):
    """A question put in a way that has no answer."""


class NoSuchRecord(WrongUsage):
    """A name the store does not know."""


class RefusedByPolicy(BakenError):
    """A clear question whose answer is no, with the rule that says so."""


class LetterRefused(BakenError):
    """The other side said no to a letter, and will say so again: a person has to look."""


class OutsideServiceFailed(BakenError):
    """A service outside Baken did not answer, or not in a way that can be used."""
