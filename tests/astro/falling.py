"""Air that thins by a fixed scale height, and an orbit in it: what theories of lifetime assume."""

import numpy as np

from baken.astro.arrays import Floats
from baken.astro.atmosphere.density_grid import (
    ALTITUDES_KM,
    APS,
    FLUX_OFFSETS_SFU,
    MEAN_FLUXES_SFU,
    N_HOURS,
    N_LATITUDES,
    DensityGrid,
)

SCALE_HEIGHT_M = 40e3
DENSITY_AT_300_KM = 2e-11
WEATHER = np.array([130.0, 130.0, 10.0])


def exponential_air() -> DensityGrid:
    """Return air that knows only altitude."""
    profile = np.log(DENSITY_AT_300_KM) - (1e3 * ALTITUDES_KM - 300e3) / SCALE_HEIGHT_M
    shape = (N_LATITUDES + 1, N_HOURS + 1, MEAN_FLUXES_SFU.size, FLUX_OFFSETS_SFU.size, APS.size)
    grid = np.ascontiguousarray(
        np.broadcast_to(profile.reshape(-1, *(1,) * len(shape)), (profile.size, *shape))
    )
    return DensityGrid(0, grid, np.zeros((2, profile.size, N_LATITUDES + 1)))


def weather(n: int, n_days: int = 200) -> Floats:
    """Return the same calm weather for every object and day."""
    return np.tile(WEATHER, (n, n_days, 1))
