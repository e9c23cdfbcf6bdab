"""Constants of nature and of agreement, each with its birth certificate.  Two standards, two names."""

import math

ARCSECOND_RAD = math.pi / 648_000.0
DEGREE_RAD = math.pi / 180.0
TURN_RAD = 2.0 * math.pi
JULIAN_YEAR_S = 365.25 * 86_400.0  # of exactly 86,400 s: IAU Style Manual (1989), table 5

SPEED_OF_LIGHT_M_S = 299_792_458.0  # SI brochure (2019), defining constant
ASTRONOMICAL_UNIT_M = 149_597_870_700.0  # IAU 2012, resolution B2
STANDARD_GRAVITY_M_S2 = 9.80665  # CGPM 3 (1901)
BOLTZMANN_J_K = 1.380649e-23  # SI brochure (2019), defining constant

# Gravity
EARTH_MU_M3_S2 = 3.986004418e14  # IERS TN36, table 1.1 (TCG-compatible); also WGS 84, NGA.STND.0036
EARTH_MU_EGM2008_M3_S2 = 3.986004415e14  # EGM2008 header; the TT-compatible value, IERS TN36, 1.1
EARTH_RADIUS_EGM2008_M = 6_378_136.3  # EGM2008 header
EARTH_J2_EGM2008 = 1.0826261738522e-3  # EGM2008, -sqrt(5) C20, tide free
SUN_MU_M3_S2 = 1.32712440041e20  # IAU 2009 system, TDB-compatible (Luzum et al. 2011)
MOON_MU_M3_S2 = 4.902800076e12  # DE430 (Folkner et al. 2014), table 8: GM of the Moon, TDB

# The ellipsoid of positions on Earth
EARTH_RADIUS_WGS84_M = 6_378_137.0  # WGS 84, NGA.STND.0036, table 3.1
EARTH_FLATTENING_WGS84 = 1.0 / 298.257223563  # WGS 84, NGA.STND.0036, table 3.1

# What SGP4 was fitted with; never for anything else
EARTH_MU_WGS72_M3_S2 = 3.986008e14  # Vallado et al. (2006), AIAA 2006-6753, appendix: wgs72
EARTH_RADIUS_WGS72_M = 6_378_135.0  # same
EARTH_J2_WGS72 = 1.082616e-3  # same
EARTH_J3_WGS72 = -2.53881e-6  # same
EARTH_J4_WGS72 = -1.65597e-6  # same

# Rotation
EARTH_ROTATION_RATE_RAD_S = (
    7.292115146706979e-5  # IAU 2000 B1.8: 2 pi 1.00273781191135448 / 86400, per UT1 second
)
EARTH_ROTATION_RATE_WGS84_RAD_S = 7.292115e-5  # WGS 84, NGA.STND.0036, table 3.1

# Bodies and light
SUN_RADIUS_M = 6.957e8  # IAU 2015, resolution B3, nominal
MOON_RADIUS_M = 1.7374e6  # IAU WGCCRE 2015, mean radius
SOLAR_IRRADIANCE_W_M2 = 1361.0  # IAU 2015, resolution B3, nominal, at one astronomical unit

# Geostationary: where one turn around the Earth takes one turn of the Earth
GEOSTATIONARY_RADIUS_M = (EARTH_MU_M3_S2 / EARTH_ROTATION_RATE_RAD_S**2) ** (1.0 / 3.0)
