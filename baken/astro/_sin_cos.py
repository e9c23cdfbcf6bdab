"""Sine and cosine for loops that run on many numbers at once, the same to the last bit on every machine."""

import math

from baken.astro.compiled import compiled

# Adding and taking away 1.5 x 2^52 leaves the nearest whole number, in every vector unit there is.
WHOLE = 6_755_399_441_055_744.0
TURN_RAD = 2.0 * math.pi
QUARTERS_A_RADIAN = 2.0 / math.pi

# A quarter turn in three pieces of 33 bits, so that up to a million quarters come off without rounding
# (Cody & Waite 1980, Software Manual for the Elementary Functions, chapter 8).
QUARTER_1_RAD = float.fromhex("0x1.921fb54400000p+0")
QUARTER_2_RAD = float.fromhex("0x1.0b4611a600000p-34")
QUARTER_3_RAD = float.fromhex("0x1.3198a2e037073p-69")
# The double nearest to a whole turn, in two pieces whose products with a count of turns are exact.
TURN_1_RAD = float.fromhex("0x1.921fb54000000p+2")
TURN_2_RAD = TURN_RAD - TURN_1_RAD

# Taylor, Maclaurin: within an eighth of a turn the next term is below half a unit in the last place.
S3, S5, S7, S9, S11, S13, S15 = ((-1) ** k / math.factorial(2 * k + 1) for k in range(1, 8))
C2, C4, C6, C8, C10, C12, C14, C16 = ((-1) ** k / math.factorial(2 * k) for k in range(1, 9))


@compiled
def sin_cos(angle_rad: float) -> tuple[float, float]:
    """Return sine and cosine without a branch, so that a loop over many angles becomes vector code.

    Assumes an angle below a million radians.  Good to 1.3 units in the last place.

    >>> sin_cos(math.pi / 6.0)
    (0.49999999999999994, 0.8660254037844387)
    """
    n_quarters = (angle_rad * QUARTERS_A_RADIAN + WHOLE) - WHOLE
    x = ((angle_rad - n_quarters * QUARTER_1_RAD) - n_quarters * QUARTER_2_RAD) - n_quarters * QUARTER_3_RAD
    z = x * x
    sine = x + x * z * (S3 + z * (S5 + z * (S7 + z * (S9 + z * (S11 + z * (S13 + z * S15))))))
    cosine = 1.0 + z * (C2 + z * (C4 + z * (C6 + z * (C8 + z * (C10 + z * (C12 + z * (C14 + z * C16)))))))
    # Which quarter we are in, as -2, -1, 0, 1 or 2.
    quarter = n_quarters - 4.0 * ((n_quarters * 0.25 + WHOLE) - WHOLE)
    is_odd = abs(quarter) == 1.0
    is_half = abs(quarter) == 2.0
    signed_sine, signed_cosine = (cosine if is_odd else sine), (sine if is_odd else cosine)
    signed_sine = -signed_sine if is_half | (quarter == -1.0) else signed_sine
    signed_cosine = -signed_cosine if is_half | (quarter == 1.0) else signed_cosine
    return signed_sine, signed_cosine


@compiled
def within_a_turn(angle_rad: float) -> float:
    """Return the angle less its whole turns, keeping its sign: C's ``fmod``, without a call or a rounding.

    >>> within_a_turn(7.0) == math.fmod(7.0, TURN_RAD)
    True
    """
    n_turns = (angle_rad * (1.0 / TURN_RAD) + WHOLE) - WHOLE
    rest_rad = (angle_rad - n_turns * TURN_1_RAD) - n_turns * TURN_2_RAD
    # Nearest whole, turned into whole towards zero.
    rest_rad = rest_rad + TURN_RAD if (angle_rad >= 0.0) & (rest_rad < 0.0) else rest_rad
    return rest_rad - TURN_RAD if (angle_rad < 0.0) & (rest_rad > 0.0) else rest_rad
