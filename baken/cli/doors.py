"""What a script reads: one JSON document, and nothing else, on standard output."""

import json
import sys


def print_json(document: object) -> None:
    """Print one JSON document, the only thing on standard output."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
