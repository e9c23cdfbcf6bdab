"""Baken turns observations into orbits, orbits into warnings, and warnings into incidents with evidence."""
