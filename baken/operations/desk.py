"""Where somebody works on cases: his name, the moment, and the log that keeps what he does."""

from dataclasses import dataclass

from baken.errors import WrongUsage
from baken.operations.evidence_ports import EvidenceLog, Seen
from baken.operations.keep_evidence import Luck, keep
from baken.operations.ports import NODE_OF_REALM
from baken.records.evidence import Content, Entry, EntryKind, Field, KeptEntry
from baken.records.incident import IncidentId
from baken.records.marking import OWNER_ONLY, Marking, Realm


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Somebody at work.  ``marking`` labels what he says: for its owner only, unless he chose."""

    log: EvidenceLog
    actor: str
    at_tai_ns: int
    luck: Luck
    marking: Marking = OWNER_ONLY

    def entry(
        self,
        kind: EntryKind,
        subject: str,
        realm: Realm,
        *fields: Field,
        content: Content | None = None,
        marking: Marking | None = None,
    ) -> Entry:
        """Return what he says as an entry, not yet kept.

        Raises: WrongUsage when his label names a field that it does not have.
        """
        entry = Entry(
            kind=kind,
            subject=subject,
            actor=self.actor,
            at_tai_ns=self.at_tai_ns,
            fields=fields,
            content=content,
            realm=realm,
            marking=self.marking if marking is None else marking,
        )
        return has_what_its_label_names(entry)

    def keep(self, *entries: Entry, seen: Seen | None = None) -> tuple[KeptEntry, ...]:
        """Keep entries, all or none."""
        return keep(self.log, entries, at_tai_ns=self.at_tai_ns, luck=self.luck, seen=seen)

    def say(
        self, incident_id: IncidentId, kind: EntryKind, *said: tuple[Field, ...]
    ) -> tuple[KeptEntry, ...]:
        """Keep what he says of an incident, entry by entry of one kind, all or none."""
        realm = realm_of_incident(incident_id)
        return self.keep(*(self.entry(kind, str(incident_id), realm, *fields) for fields in said))


def has_what_its_label_names(entry: Entry) -> Entry:
    """Return an entry that has every field its label asks more for: a misspelt name protects nothing.

    Raises: WrongUsage that names the field, and those there are.
    """
    names = [name for name, _ in entry.disclosable if not name.startswith("marking_")]
    for name, _ in entry.marking.of_fields:
        if name not in names:
            raise WrongUsage(f"there is no field {name!r} to label; there are {', '.join(names)}")
    return entry


def realm_of_incident(incident_id: IncidentId) -> Realm:
    """Return the world of an incident; its name says so.

    >>> from baken.records.incident import read_incident_id
    >>> str(realm_of_incident(read_incident_id("EXER-IN26-0001")))
    'EXERCISE'
    """
    named = {node: realm for realm, node in NODE_OF_REALM.items()}
    return named.get(incident_id.node, Realm.REAL)
