"""Incidents: how they live, how grave they are, and what may explain them."""
