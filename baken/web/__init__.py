"""The HTTP door: what Baken can be asked over the network, by whom, and how a refusal is told."""
