"""A picture set moving, under the name by which the operations ask for it."""

from baken.records.orbit_motion import motion_of

__all__ = ["motion_of"]
