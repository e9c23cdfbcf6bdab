"""What is said of a name that nobody bears: the same words wherever it is asked, and whoever asks."""

from baken.errors import NoSuchRecord
from baken.records.event import EventId
from baken.records.marking import Realm


def no_such_object(realm: Realm, scheme: str, value: str) -> NoSuchRecord:
    """Return the refusal of who asks for an object by a name that none bears."""
    return NoSuchRecord(
        f"no {realm.value} object is known as {scheme} {value}; import a catalogue that has it"
    )


def no_such_event(realm: Realm, event_id: EventId) -> NoSuchRecord:
    """Return the refusal of who asks for an event that is not there."""
    return NoSuchRecord(
        f"no {realm.value} event is called {event_id}; list the events to see which are there"
    )


def no_such_screening(realm: Realm, screening_id: str) -> NoSuchRecord:
    """Return the refusal of who asks for a screening that is not there."""
    return NoSuchRecord(
        f"no {realm.value} screening is called {screening_id}; list them to see which there are"
    )
