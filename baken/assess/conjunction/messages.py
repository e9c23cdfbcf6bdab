"""Conjunction data messages of what a screening found."""
