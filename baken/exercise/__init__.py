"""The same watch on an invented world: a simulated sky now, injects and a referee later."""
