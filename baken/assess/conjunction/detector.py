"""The watch for close approaches: from a picture in motion to a table, and to findings worst first."""

from dataclasses import dataclass, field, fields

import numpy as np

from baken.assess.conjunction.approach import Lost, screen
from baken.assess.conjunction.conjunction_table import Circumstances, conjunction_table
from baken.assess.conjunction.finding import AttentionRule, findings_of
from baken.assess.conjunction.sieve import SieveAccount
from baken.astro.motions import BEYOND_ITS_ORBIT, NO_ORBIT, OUTSIDE_THE_TABLE, Motion
from baken.astro.time import utc_text
from baken.records.catalogue import Picture
from baken.records.event import Detection, EventKind, Runner, Window
from baken.records.lineage import digest_of_json, settings_of

ALL_OBJECTS = "all"


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

    @property
    def account_names(self) -> tuple[str, ...]:
        return tuple(one.name for one in fields(SieveAccount))

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
                {
                    "hard_body_radii": self.circumstances.known_from,
                    "miss_threshold_m": self.miss_threshold_m,
                    "primaries": _told(self.primaries),
                }
            ),
            account=_account_of(screening.account),
            lost=_lost_of(screening.lost, picture),
        )

    def _indices_of_primaries(self, picture: Picture) -> np.ndarray | None:
        if not self.primaries:
            return None
        ids = [element_set.identity.object_id for element_set in picture.element_sets]
        return np.array(
            [row for row, object_id in enumerate(ids) if object_id in self.primaries], dtype=np.int64
        )


def _told(primaries: frozenset[str]) -> str:
    return digest_of_json(sorted(primaries)) if primaries else ALL_OBJECTS


def _account_of(account: SieveAccount) -> tuple[tuple[str, int], ...]:
    return tuple((one.name, getattr(account, one.name)) for one in fields(account))


def _lost_of(lost: Lost, picture: Picture) -> tuple[tuple[str, str], ...]:
    """Say of each object that could not be followed all the time: from when to when, and why."""
    told = []
    for index, start, end, code in zip(
        lost.object_index, lost.from_tai_ns, lost.until_tai_ns, lost.code, strict=True
    ):
        identity = picture.choices[index].chosen.identity
        called = f"{identity.norad_cat_id or '-'} {identity.name or ''}".strip()
        span = f"{utc_text(int(start), 0)} to {utc_text(int(end), 0)}"
        reason = REASONS.get(int(code), f"error {code}")
        told.append((identity.object_id, f"{called}: {reason}, {span}"))
    return tuple(told)


# Vallado et al. (2006), AIAA 2006-6753, appendix B, and the ends of a table of states.
REASONS = {
    1: "mean eccentricity out of range",
    2: "mean motion not positive",
    3: "perturbed eccentricity out of range",
    4: "semi-latus rectum negative",
    5: "below the ground at its epoch",
    6: "decayed",
    NO_ORBIT: "moves as no orbit does",
    BEYOND_ITS_ORBIT: "carried off by SGP4 after its decay",
    OUTSIDE_THE_TABLE: "outside its ephemeris",
}
