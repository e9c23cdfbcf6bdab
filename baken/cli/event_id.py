"""The name of an event, as it is typed."""

from baken.errors import WrongUsage
from baken.records.event import EventId, read_event_id


def asked_id(text: str) -> EventId:
    """Read an event's name from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_event_id(text)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
