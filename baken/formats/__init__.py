"""Text into nouns and back, without touching a file.  A format is a module with ``sniff`` and ``read``."""
