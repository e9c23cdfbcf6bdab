"""From many opinions about orbits to one picture of the sky, with the reason for every choice."""
