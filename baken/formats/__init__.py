"""Text into nouns and back, without touching a file.  One format is one module with ``sniff`` and ``read``."""
