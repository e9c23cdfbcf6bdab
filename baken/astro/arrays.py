"""What goes in and comes out of the bedrock: arrays of floats and arrays of instants."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Instants = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
FloatsLike = npt.ArrayLike
InstantsLike = npt.ArrayLike
# Vectors of whatever unit: the one kind of number whose name cannot carry it.
Vectors = npt.ArrayLike
