"""What SGP4 keeps of an object: the numbers that are worked out once, from its mean elements.

One row per object.  Every object has the row of the near-Earth theory; one of 225 minutes or more has a
second row for the pull of Sun and Moon and for resonance with the turning Earth.  Inside SGP4 the units are
its own: earth radii and minutes, as all its coefficients were published.

Source: Hoots & Roehrich (1980), Spacetrack Report 3; Vallado, Crawford, Hujsak & Kelso (2006), AIAA
2006-6753, whose corrections ("improved" mode) are followed.
"""

import math

from baken.astro.constants import (
    EARTH_J2_WGS72,
    EARTH_J3_WGS72,
    EARTH_J4_WGS72,
    EARTH_MU_WGS72_M3_S2,
    EARTH_RADIUS_WGS72_M,
)

J2, J3, J4 = EARTH_J2_WGS72, EARTH_J3_WGS72, EARTH_J4_WGS72
J3_OVER_J2 = J3 / J2
RADIUS_M, RADIUS_KM = EARTH_RADIUS_WGS72_M, EARTH_RADIUS_WGS72_M / 1e3
# Square root of the Earth's pull, in earth radii and minutes.
KE = 60.0 / math.sqrt(RADIUS_KM**3 / (EARTH_MU_WGS72_M3_S2 / 1e9))
SPEED_UNIT_M_S = EARTH_RADIUS_WGS72_M * KE / 60.0
TWO_THIRDS = 2.0 / 3.0
# Below this 1 + cos(inclination) the published formulae would divide by nothing (Vallado et al. 2006).
NEARLY_RETROGRADE = 1.5e-12

# The row of the near-Earth theory.
(
    MEAN_ANOMALY, MEAN_ANOMALY_RATE, PERIGEE, PERIGEE_RATE, NODE, NODE_RATE, NODE_DRAG,
    A_DRAG, E_DRAG, L_DRAG, A_DRAG_2, A_DRAG_3, A_DRAG_4, E_DRAG_SINE, SINE_AT_EPOCH, L_DRAG_3, L_DRAG_4,
    L_DRAG_5, PERIGEE_DRAG, ETA, ANOMALY_DRAG, CUBE_AT_EPOCH,
    ECCENTRICITY, INCLINATION, SEMI_MAJOR_AXIS, MEAN_MOTION,
    SINE_I, COSINE_I, LONG_PERIOD_Y, LONG_PERIOD_L, THREE_COS2_LESS_1, ONE_LESS_COS2, SEVEN_COS2_LESS_1,
) = range(33)  # fmt: skip
N_NEAR = 33

# The row of the deep-space theory: secular rates, lunar and solar amplitudes, resonance.
(
    E_RATE, I_RATE, M_RATE, NODE_RATE_3, PERIGEE_RATE_3,
    ZMOS, SE2, SE3, SI2, SI3, SL2, SL3, SL4, SGH2, SGH3, SGH4, SH2, SH3,
    ZMOL, EE2, E3, XI2, XI3, XL2, XL3, XL4, XGH2, XGH3, XGH4, XH2, XH3,
    RESONANCE, SIDEREAL_ANGLE, LAMBDA_AT_EPOCH, LAMBDA_RATE, DEL1, DEL2, DEL3,
    D2201, D2211, D3210, D3222, D4410, D4422, D5220, D5232, D5421, D5433,
) = range(48)  # fmt: skip
N_DEEP = 48

NO_RESONANCE, ONE_DAY, HALF_DAY = 0, 1, 2
