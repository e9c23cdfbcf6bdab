"""What is wanted of a reduced item, and what the reducers of all kinds ask of it."""

from dataclasses import dataclass

import numpy as np

from baken.astro.arrays import Floats
from baken.errors import RefusedByPolicy
from baken.formats.label_comments import label_comment
from baken.records.identity import Identity
from baken.records.marking import Marking
from baken.records.precision import Precision
from baken.share.carry import (
    Carried,
    can_carry,
    carried,
    carried_covariance,
    own_covariance,
    round_sigmas,
    steady_covariance,
)
from baken.share.grids import epochs_on_grid, up_to_grid

# A covariance, after the name of the frame it is in.
Turned = tuple[str, Floats]


class CannotReduce(RefusedByPolicy):
    """Something cannot be told as coarsely as was asked, and so is not told at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How precisely, under which label, and how old everything has to be by now.

    ``youngest_tai_ns`` is the last instant that may be told of; ``None`` when nothing has to wait.
    """

    precision: Precision
    marking: Marking
    youngest_tai_ns: int | None = None

    def grid(self, name: str, what: str) -> float:
        """Return a grid that has to have been said.

        Raises: CannotReduce when it was not: no number goes by silence.
        """
        grid_si: float | None = getattr(self.precision, name)
        if grid_si is None:
            raise CannotReduce(f"{what} cannot go without {name}; say its grid, or exact, in the precision")
        return grid_si

    def epoch(self, epoch_tai_ns: int, what: str) -> int:
        """Return an instant on its grid.

        Raises: CannotReduce when it is too young, or the precision says no grid for instants.
        """
        rounded_tai_ns = int(epochs_on_grid(epoch_tai_ns, self.grid("epoch_s", what)))
        youngest = self.youngest_tai_ns
        if youngest is not None and max(epoch_tai_ns, rounded_tai_ns) > youngest:
            raise CannotReduce(f"{what} is younger than the delay asked; release it later")
        return rounded_tai_ns

    def created(self, created_tai_ns: int | None, what: str) -> int | None:
        """Return when a message was made, on the grid of instants."""
        return None if created_tai_ns is None else self.epoch(created_tai_ns, f"the making of {what}")

    def may_lack(self, names: tuple[str, ...], what: str) -> None:
        """Refuse to leave out what a message of this kind is nothing without.

        Raises: CannotReduce naming it.
        """
        if lacking := sorted(self.precision.without & set(names)):
            raise CannotReduce(f"{what} cannot be without {', '.join(lacking)}; release another kind")

    @property
    def originator(self) -> str:
        """In whose name the reduced item speaks: the owner of its label."""
        return self.marking.owner

    @property
    def comments(self) -> tuple[str, ...]:
        """All that a message says in comments: its label."""
        return (label_comment(self.marking),)


def reduced_identity(identity: Identity, precision: Precision) -> Identity:
    """Return what an object is called: only names the world gave it, and none that stays out."""
    without = precision.without
    return Identity(
        object_id=identity.object_id,
        norad_cat_id=None if "norad_cat_id" in without else identity.norad_cat_id,
        cospar_id=None if "cospar_id" in without else identity.cospar_id,
        name=None if "name" in without else identity.name,
    )


def checked_frame(frame: str, centre: str, what: str) -> None:
    """Refuse a state that nobody here can carry.

    Raises: CannotReduce naming its frame or its centre.
    """
    if centre.upper() not in ("EARTH", ""):
        raise CannotReduce(f"{what} goes about {centre}; only motion about the Earth can be reduced")
    if not can_carry(frame):
        raise CannotReduce(f"{what} is in the frame {frame}; convert it to GCRF, EME2000, TEME or ITRF first")


def carried_state(frame: str, position_m: Floats, velocity_m_s: Floats, after_s: float, what: str) -> Carried:
    """Return a state so many seconds on.

    Raises: CannotReduce when nobody here can say where it goes.
    """
    try:
        return carried(frame, position_m, velocity_m_s, after_s)
    except ValueError as impossible:
        raise CannotReduce(f"{what}: {impossible}; ask epoch=exact") from impossible


def reduced_covariance(
    wanted: Wanted,
    frame: str,
    state: tuple[Floats, Floats],
    covariance: Turned,
    carried_state: Carried,
    after_s: float,
    told_in: str,
) -> Turned | None:
    """Return the covariance of a rounded state, round in position and in velocity; ``None`` without grids.

    ``state`` is the one before, ``covariance`` its frame and matrix, ``told_in`` the frame it will be told
    in.  Where nothing at all is rounded it stays as it is.

    Raises: CannotReduce when its frame is one nobody here can turn from.
    """
    precision = wanted.precision
    grids = precision.sigma_position_m, precision.sigma_velocity_m_s
    if "covariance" in precision.without or None in grids:
        return None
    if precision.rounds_nothing:
        return covariance
    try:
        turned = steady_covariance(frame, *state, *covariance)
    except ValueError as unknown:
        raise CannotReduce(f"{unknown}; leave it out with without=covariance") from unknown
    off_m, off_m_s = (
        3.0**0.5 / 2.0 * (grid or 0.0) + off
        for grid, off in (
            (precision.position_m, carried_state.off_m),
            (precision.velocity_m_s, carried_state.off_m_s),
        )
    )
    led = carried_covariance(frame, *state, turned, after_s)
    sigmas = round_sigmas(own_covariance(told_in, led), off_m, off_m_s)
    up = [up_to_grid(sigma, grid or 0.0) for sigma, grid in zip(sigmas, grids, strict=True)]
    return told_in, np.diag(np.repeat(np.square(up), 3))
