"""Conformance suites, the same for our own parts as for a stranger's."""
