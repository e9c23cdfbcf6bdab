"""What the routes work with: what whoever asks may see of a home, the clock, and who acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from baken.errors import RefusedByPolicy
from baken.incident.priority import PriorityRules
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog
from baken.operations.keep_evidence import Luck
from baken.operations.ports import Store
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.reader import Keeper, Reader
from baken.records.response import Directory, Mechanism
from baken.respond.directory_file import EMPTY_DIRECTORY
from baken.web.entrance import reader_of_request
from baken.web.guesses import Guesses, reports_taken
from baken.wiring.breakups_seen import BreakupsSeen
from baken.wiring.falls_seen import FallsSeen
from baken.wiring.house_files import DIRECTORY_FILE, MECHANISM_FILE, may_read_files
from baken.wiring.mechanisms import directory, mechanism_among, mechanism_texts, shipped_texts
from baken.wiring.objects_seen import ObjectsSeen
from baken.wiring.skies_moved import SkiesMoved
from baken.wiring.skies_seen import SkiesSeen

# The server has forty hands; with all at pages that take half a minute, nobody could even sign in.
MOST_SLOW = 8
Seen: TypeAlias = tuple[Store, EvidenceLog]


def for_its_keeper_alone(reader: Reader | Keeper) -> Seen:
    """Lend nothing: behind this door only its keeper reads."""
    raise RefusedByPolicy(f"this door answers whoever keeps the home, and not {reader.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One node as it is served to one person; what people edit in its home counts at once.

    The service of an application is that of its keeper; ``lend`` gives what somebody else may see.
    """

    store: Store
    log: EvidenceLog
    actor: str
    rules: PriorityRules
    now_tai_ns: Callable[[], int]
    luck: Luck
    home: Path
    lend: Callable[[Reader | Keeper], Seen] = for_its_keeper_alone
    guesses: Guesses = field(default_factory=Guesses)
    reports: Guesses = field(default_factory=reports_taken)
    skies: SkiesSeen = field(default_factory=SkiesSeen)
    objects: ObjectsSeen = field(default_factory=ObjectsSeen)
    falls: FallsSeen = field(default_factory=FallsSeen)
    breakups: BreakupsSeen = field(default_factory=BreakupsSeen)
    skies_moved: SkiesMoved = field(default_factory=SkiesMoved)
    slow: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_SLOW))
    reader: Reader | None = None

    def seen_by(self, reader: Reader | Keeper) -> "Service":
        """Return the service of somebody: nothing is in it that he may not see, and he acts."""
        if isinstance(reader, Keeper):
            return replace(self, actor=reader.name, reader=None)
        store, log = self.lend(reader)
        return replace(self, store=store, log=log, actor=reader.name, reader=reader)

    def may_read_files(self, kind: str, realm: Realm = Realm.REAL) -> bool:
        """Say whether whoever it works for may read the files of a kind that lie in the home."""
        who = self.reader or Keeper(name=self.actor)
        return may_read_files(self.home, who, kind, node=self.store.node_name(), realm=realm)

    def directory(self) -> Directory:
        """Return whom to call, as far as he may know: an empty directory to whoever is of another house."""
        return directory(self.home) if self.may_read_files(DIRECTORY_FILE) else EMPTY_DIRECTORY

    def mechanism_texts(self) -> Mapping[str, str]:
        """Return the mechanisms he may read: those of the home to its own people, else those that ship."""
        return mechanism_texts(self.home) if self.may_read_files(MECHANISM_FILE) else shipped_texts()

    def mechanism(self, name: str) -> Mechanism:
        """Return one of them, read.

        Raises: NoSuchRecord that tells those there are for him; UnreadableInput as ``wiring.mechanisms``.
        """
        return mechanism_among(self.mechanism_texts(), self.home, name)

    def desk(self, actor: str = "", marking: Marking = OWNER_ONLY) -> Desk:
        """Return a desk at this moment, of whoever the service works for unless somebody else is named."""
        return Desk(
            log=self.log,
            actor=actor or self.actor,
            at_tai_ns=self.now_tai_ns(),
            luck=self.luck,
            marking=marking,
        )


def node_of(request: Request) -> Service:
    """Return the node itself, for doors that strangers use: it takes what they bring, and shows nothing."""
    service: Service = request.app.state.service
    return service


def service_of(request: Request, reader: Annotated[Reader | Keeper, Depends(reader_of_request)]) -> Service:
    """Return the service of whoever asks."""
    return node_of(request).seen_by(reader)
