"""Who comes down, when and where: from element sets to a window with its probability."""
