"""The contribution ledger: what was given to whom under which terms, and what came back.

Nothing is kept for it: it follows from what the log tells of releases and of partners.  It counts, and judges
nobody: what an item was worth is for people to say.
"""

from collections.abc import Iterable, Mapping, Sequence

from baken.records.bundle import AnswerKind
from baken.records.contribution import Contribution, Given, Returned
from baken.records.marking import Realm
from baken.records.release import ReleaseStanding
from baken.share.exchange import WENT, ReleaseStep
from baken.share.release_history import as_of


def contributions(
    realm: Realm,
    releases: Iterable[ReleaseStanding],
    said: Mapping[str, Sequence[AnswerKind]],
    returned: Mapping[str, Sequence[Returned]],
    *,
    at_tai_ns: int,
) -> tuple[Contribution, ...]:
    """Return what passed with each partner, in order of code; one with whom nothing passed has no row.

    ``said`` is what partners said of our items, ``returned`` what each of them sent.  A release counts as
    given once it is in a bundle, and stays so whatever came after: a recall asks, it takes nothing back.
    """
    given: dict[str, list[Given]] = {}
    for standing in releases:
        if standing.stage in WENT and standing.bundle_number is not None:
            given.setdefault(standing.offer.recipient, []).append(_given(standing, said, at_tai_ns))
    return tuple(
        Contribution(
            partner=partner,
            realm=realm,
            given=tuple(sorted(given.get(partner, ()), key=lambda one: (one.went_at_tai_ns, one.release_id))),
            returned=tuple(sorted(returned.get(partner, ()), key=lambda one: one.came_at_tai_ns)),
        )
        for partner in sorted({*given, *(code for code, items in returned.items() if items)})
    )


def _given(standing: ReleaseStanding, said: Mapping[str, Sequence[AnswerKind]], at_tai_ns: int) -> Given:
    offer = standing.offer
    went = next(moment for moment in standing.moments if moment.step == ReleaseStep.SEND)
    return Given(
        release_id=offer.release_id,
        item_id=offer.item_id,
        title=offer.title,
        went_at_tai_ns=went.at_tai_ns,
        precision=offer.precision,
        label=offer.label,
        terms=offer.terms,
        stage=as_of(standing, at_tai_ns).stage,
        said=tuple(said.get(offer.item_id, ())),
    )
