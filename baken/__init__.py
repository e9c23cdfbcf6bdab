"""Baken turns observations into orbits, orbits into warnings, and warnings into incidents with evidence.

For notebooks: ``baken.read(path)``, ``baken.screen(path)`` and ``baken.assess_cdm(path)`` give Polars tables
with unit-named columns; ``baken.covariance_realism(differences, covariances)`` says whether covariances are
as large as their errors.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baken.wiring.notebook import assess_cdm as assess_cdm
    from baken.wiring.notebook import covariance_realism as covariance_realism
    from baken.wiring.notebook import read as read
    from baken.wiring.notebook import screen as screen

__all__ = ["assess_cdm", "covariance_realism", "read", "screen"]


def __getattr__(name: str) -> object:
    """Bring in the notebook's functions when first asked for: ``import baken`` does no work."""
    if name in __all__:
        from baken.wiring.compiler_cache import settle_compiler_cache

        settle_compiler_cache()
        from baken.wiring import notebook

        return getattr(notebook, name)
    raise AttributeError(f"baken has no {name}; for notebooks there are {', '.join(__all__)}")
