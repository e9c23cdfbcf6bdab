"""Find an event by the name that was said over the telephone."""

from baken.errors import NoSuchRecord
from baken.operations.ports import Store
from baken.records.event import Event, EventId
from baken.records.marking import Realm


def event_in_any_world(store: Store, wanted: EventId) -> Event:
    """Return the event of this name; a name belongs to one world.

    Raises: NoSuchRecord when no world has it.
    """
    for realm in Realm:
        try:
            return store.event(wanted, realm=realm)
        except NoSuchRecord:
            continue
    raise NoSuchRecord(f"no event is called {wanted}; 'baken event list' shows those there are")
