"""Two objects that come close: sieve, approach, encounter, probability; then finding, detector, messages."""
