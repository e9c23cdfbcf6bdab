"""One folder for each danger.  Dangers do not know each other; each can be thrown away whole."""
