"""The watch for breakups: what is new against the past, which of it parted, and the findings of that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation.analysis import analyse
from baken.assess.fragmentation.breakup import Breakup
from baken.assess.fragmentation.finding import AND, AttentionRule, findings_of, joined, table_of
from baken.assess.fragmentation.newcomers import Group, groups_of, newcomers
from baken.assess.fragmentation.pinch_point import CannotFollow
from baken.astro.motions import Motion
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Runner, Window
from baken.records.lineage import settings_of
from baken.records.orbit import ElementSet


class _Task(NamedTuple):
    """One group to be looked at, with all that is needed, so that it can be looked at elsewhere."""

    group: Group
    before: tuple[ElementSet, ...]
    after: dict[str, ElementSet]
    start_tai_ns: int
    end_tai_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FragmentationDetector:
    """Breakups since the past of a picture: one finding for each, whatever the number of its pieces."""

    name: str = "fragmentation"
    kind: EventKind = EventKind.FRAGMENTATION
    attention: AttentionRule = field(default_factory=AttentionRule)

    @property
    def account_names(self) -> tuple[str, ...]:
        return ACCOUNT

    def detect(self, picture: Picture, motion: Motion, window: Window, *, run: Runner) -> Detection:
        """Compare a picture with its past; see ``docs/chapters/breakup.md``."""
        account: Counter[str] = Counter()
        past = picture.past
        before = past.element_sets if past else ()
        seen: list[tuple[Breakup, str]] = []
        if past is None or not before:
            account["without_a_past"] = 1
        else:
            after = _that_can_be_followed(picture.element_sets, motion)
            tasks = self._tasks(before, after, past.as_of_tai_ns, account)
            span_s = (picture.as_of_tai_ns - past.as_of_tai_ns) / 1e9
            for one in run(_look, tasks):
                if one is None:
                    account["cannot_be_followed"] += 1
                    continue
                seen.append((one, self.attention.why_not(one, span_s)))
                account[seen[-1][1] or "shown"] += 1
        shown = joined([one for one, why_not in seen if not why_not])
        return Detection(
            kind=self.kind,
            window=window,
            findings=findings_of(shown, self.attention),
            table=table_of(seen),
            settings=settings_of(
                {name: getattr(self.attention, name) for name in self.attention.__dataclass_fields__}
            ),
            account=tuple((name, account[name]) for name in ACCOUNT if account[name]),
        )

    def look_again(self, picture: Picture, motion: Motion, called: str) -> Breakup | None:
        """Return in full what a finding of these pieces rests on; nothing when the picture has them not."""
        past = picture.past
        if past is None or not past.element_sets:
            return None
        after = _that_can_be_followed(picture.element_sets, motion)
        tasks = self._tasks(past.element_sets, after, past.as_of_tai_ns, Counter())
        seen = [_look(task) for task in tasks if task.group.called in called.split(AND)]
        told = joined([one for one in seen if one is not None])
        return told[0] if told else None

    def _tasks(
        self,
        before: tuple[ElementSet, ...],
        after: Sequence[ElementSet],
        past_tai_ns: int,
        account: Counter[str],
    ) -> list[_Task]:
        new = newcomers(before, after)
        groups = groups_of(new, before)
        enough = [one for one in groups if len(one.pieces) >= max(3, self.attention.n_pieces)]
        account["newcomers"] = len(new)
        account["groups"] = len(groups)
        account["too_few_pieces"] = len(groups) - len(enough)
        now = {es.identity.object_id: es for es in after}
        timed = [(one, int(np.median([es.epoch_tai_ns for es in one.pieces]))) for one in enough]
        tasks = [
            _Task(one, before, now, past_tai_ns, end_tai_ns)
            for one, end_tai_ns in timed
            if end_tai_ns > past_tai_ns
        ]
        account["older_than_the_past"] = len(enough) - len(tasks)
        return tasks


# What is counted, in the order of the work.
ACCOUNT = (
    "without_a_past", "newcomers", "groups", "too_few_pieces", "older_than_the_past",
    "cannot_be_followed", "no_pinch_in_time", "orbits_pass_no_place", "released", "shown",
)  # fmt: skip


def _look(task: _Task) -> Breakup | None:
    """Return what motion says of a group; nothing when its pieces cannot be followed back."""
    try:
        return analyse(
            task.group, task.before, task.after, start_tai_ns=task.start_tai_ns, end_tai_ns=task.end_tai_ns
        )
    except CannotFollow:
        return None


def _that_can_be_followed(element_sets: Sequence[ElementSet], motion: Motion) -> tuple[ElementSet, ...]:
    """Return the orbits whose theory gives a place at their own epoch."""
    epochs = np.array([es.epoch_tai_ns for es in element_sets], dtype=np.int64)
    _, _, status = motion.states(np.arange(len(epochs), dtype=np.int64), epochs)
    return tuple(es for es, code in zip(element_sets, status, strict=True) if code == 0)
