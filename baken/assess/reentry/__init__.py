"""Re-entry: what comes down, when, where, and what that means for people."""
