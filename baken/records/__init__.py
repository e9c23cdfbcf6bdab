"""The nouns of the trade: frozen, unit-named, checked once at birth, trusted ever after."""
