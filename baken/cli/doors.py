"""What a script reads: one JSON document, and nothing else, on standard output."""

import json
import sys

from baken.cli.terminal import plain_json


def print_json(document: object) -> None:
    """Print one JSON document, the only thing on standard output."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    sys.stdout.write(plain_json(text) + "\n")
