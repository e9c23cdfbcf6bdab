"""Histories of real conjunctions, as questions are put to them."""
