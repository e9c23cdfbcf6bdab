"""The watch for close approaches: from a picture in motion to a table, and to findings worst first."""

from dataclasses import dataclass, field

import numpy as np

from baken.assess.conjunction.approach import Motion, screen
from baken.assess.conjunction.conjunction_table import Circumstances, conjunction_table
from baken.assess.conjunction.finding import AttentionRule, findings_of
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Runner, Window
from baken.records.lineage import settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConjunctionDetector:
    """Every approach below ``miss_threshold_m`` between any two objects, or with one of ``primaries``.

    ``primaries`` are object ids; empty stands for all on all.  ``circumstances`` say what is assumed where
    nothing is known: sizes and uncertainty.
    """

    name: str = "conjunction"
    kind: EventKind = EventKind.CONJUNCTION
    miss_threshold_m: float = 5_000.0
    primaries: frozenset[str] = frozenset()
    circumstances: Circumstances = field(default_factory=Circumstances)
    attention: AttentionRule = field(default_factory=AttentionRule)

    def detect(self, picture: Picture, motion: Motion, window: Window, *, run: Runner) -> Detection:
        """Screen a picture over a window; see ``docs/chapters/screening.md``."""
        screening = screen(
            motion,
            window.start_tai_ns,
            window.end_tai_ns,
            self.miss_threshold_m,
            primaries=self._indices_of_primaries(picture),
            run=run,
        )
        table = conjunction_table(picture, screening.approaches, self.circumstances)
        return Detection(
            kind=self.kind,
            window=window,
            findings=findings_of(table, picture, self.attention, self.circumstances),
            table=table,
            settings=settings_of(
                {"miss_threshold_m": self.miss_threshold_m, "n_primaries": len(self.primaries)}
            ),
            account=screening.account.lines(),
            lost=tuple(
                (picture.choices[loss.object_index].chosen.identity.object_id, loss.reason)
                for loss in screening.lost
            ),
        )

    def _indices_of_primaries(self, picture: Picture) -> np.ndarray | None:
        if not self.primaries:
            return None
        ids = [element_set.identity.object_id for element_set in picture.element_sets]
        return np.array(
            [row for row, object_id in enumerate(ids) if object_id in self.primaries], dtype=np.int64
        )
