"""Feed a reader whatever breaks it, guided by what it has not yet run: libFuzzer, by way of Atheris.

    python -m tests.fuzz.fuzz_formats                       which readers there are, of whatever
    python -m tests.fuzz.fuzz_formats READER [SECONDS]

It starts from a sound text, and stops at the first for which the reader breaks a law of ``laws.py``,
``tables.py``, ``playbooks.py`` or ``bundles.py``.  It leaves that text in ``build/``; what was wrong with it
belongs into ``tests/fuzz/test_found.py``.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["baken.formats", "baken.astro", "baken.respond", "baken.evidence"]):
    from tests.fuzz.bundles import hold_bundle, sound_bundles
    from tests.fuzz.laws import hold, sound_texts
    from tests.fuzz.playbooks import hold_playbook, sound_playbooks
    from tests.fuzz.tables import hold_table, sound_tables

MAX_LENGTH = 8_192  # bytes
DEFAULT_SECONDS = 60


def all_sound() -> dict[str, bytes]:
    """Return a text that each reader takes."""
    return sound_texts() | sound_tables() | sound_playbooks() | sound_bundles()


def main(name: str, seconds: int) -> None:
    laws = dict.fromkeys(sound_tables(), hold_table) | dict.fromkeys(sound_playbooks(), hold_playbook)
    law = (laws | dict.fromkeys(sound_bundles(), hold_bundle)).get(name, hold)
    found = Path("build")
    found.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        Path(folder, name).write_bytes(all_sound()[name])
        limits = [f"-max_total_time={seconds}", f"-max_len={MAX_LENGTH}", "-timeout=30", "-rss_limit_mb=3000"]
        settings = [*limits, f"-artifact_prefix={found}/fuzz-{name}-", "-verbosity=0", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *settings, folder], lambda content: law(name, content))
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print("\n".join(all_sound()))
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_SECONDS)
