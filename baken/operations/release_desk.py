"""Releases at somebody's desk: what they rest on, how they stand, and one more thing said of one."""

from collections.abc import Mapping
from dataclasses import dataclass

from baken.errors import NoSuchRecord, WrongUsage
from baken.operations.desk import Desk
from baken.operations.evidence_ports import EvidenceLog, Overtaken, Seen
from baken.operations.heard_of_release import heard_of_items
from baken.operations.keep_evidence import keep_access
from baken.operations.ports import NODE_OF_REALM
from baken.records.evidence import Content, Entry, EntryKind, Field
from baken.records.marking import Marking, Realm, strictest
from baken.records.partner import Partner
from baken.records.release import ReleaseId, ReleaseStanding
from baken.share.classifications import Classifications
from baken.share.exchange import PROPOSE, ReleaseStep, advance
from baken.share.policy import Policies
from baken.share.release_history import release_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What a node shares by: its name, its policies, what clearances are good for, and its partners."""

    node: str
    policies: Policies
    classifications: Classifications
    partners: Mapping[str, Partner]

    def partner(self, code: str) -> Partner:
        """Return a partner.

        Raises: NoSuchRecord for one who has no file here: nobody else gets anything.
        """
        if code not in self.partners:
            known = ", ".join(sorted(self.partners)) or "none"
            raise NoSuchRecord(f"no partner is called {code!r}; those with a file in this home are: {known}")
        return self.partners[code]


def realm_of_release(release_id: ReleaseId) -> Realm:
    """Return the world of a release; its name says so."""
    named = {node: realm for realm, node in NODE_OF_REALM.items()}
    return named.get(release_id.node, Realm.REAL)


def release(log: EvidenceLog, release_id: ReleaseId, *, seen: int | None = None) -> ReleaseStanding:
    """Return a release as it stands.

    ``seen`` is how many entries of it whoever acts has read.
    Raises: NoSuchRecord when there is none of that name; Overtaken when there are other entries now.
    """
    entries = log.entries(realm_of_release(release_id), subject=str(release_id))
    # Whoever may not know what it is about sees no proposal, and knows of no release.
    if not entries or entries[0].entry.text("act") != PROPOSE:
        raise NoSuchRecord(f"no release is called {release_id}; 'baken release list' shows those there are")
    found = release_of(entries)
    heard = heard_of_items(log, found.offer.realm).get((found.offer.recipient, found.offer.item_id), ())
    found = release_of(entries, heard)
    if seen is not None and seen != found.n_entries:
        raise Overtaken(
            f"{release_id} has {found.n_entries} entries, not {seen}: it is {found.stage} now; "
            "read it again, and decide again"
        )
    return found


def releases(log: EvidenceLog, realm: Realm) -> tuple[ReleaseStanding, ...]:
    """Return every release of a world, in order of name."""
    proposed = {
        kept.entry.subject
        for kept in log.entries(realm, kinds={EntryKind.RELEASE})
        if kept.entry.text("act") == PROPOSE
    }
    heard = heard_of_items(log, realm) if proposed else {}
    told = [log.entries(realm, subject=subject) for subject in proposed]
    found = (release_of(each, heard.get(_whose(each[0].entry), ())) for each in told)
    return tuple(sorted(found, key=lambda one: one.release_id))


def labels_of_releases(log: EvidenceLog, realm: Realm) -> Mapping[str, Marking]:
    """Return under which label all that was said of each release stands, by its name."""
    said: dict[str, set[Marking]] = {}
    for kept in log.entries(realm, kinds={EntryKind.RELEASE}):
        said.setdefault(kept.entry.subject, set()).add(kept.marking)
    return {name: strictest(frozenset(labels)) for name, labels in said.items()}


def _whose(proposal: Entry) -> tuple[str, str]:
    return proposal.text("recipient"), proposal.text("item_id")


def look_at_release(desk: Desk, release_id: ReleaseId) -> ReleaseStanding:
    """Return a release, and keep that whoever acts saw it so: once an hour for each state of it."""
    found = release(desk.log, release_id)
    keep_access(
        desk.log,
        found.offer.realm,
        thing=f"{release_id} as of {found.n_entries} entries",
        about=str(release_id),
        actor=desk.actor,
        at_tai_ns=desk.at_tai_ns,
        luck=desk.luck,
    )
    return found


def say_of_release(
    desk: Desk,
    now: ReleaseStanding,
    step: ReleaseStep,
    because: str,
    *fields: Field,
    content: Content | None = None,
) -> ReleaseStanding:
    """Keep one step of a release with its reason, and return it as it stands then.

    Raises: ReleaseStepNotAllowed when its stage does not offer it; WrongUsage without a reason; Overtaken.
    """
    advance(now.stage, step)
    if not because.strip():
        raise WrongUsage("a step of a release has a reason; give --because")
    entry = desk.entry(
        EntryKind.RELEASE,
        str(now.release_id),
        now.offer.realm,
        ("act", step.value),
        ("because", because.strip()),
        *fields,
        content=content,
    )
    try:
        desk.keep(entry, seen=Seen(subject=str(now.release_id), n_entries=now.n_entries))
    except Overtaken:
        raise Overtaken(
            f"{now.release_id} changed since it was read; read it again, and decide again"
        ) from None
    return release(desk.log, now.release_id)
