#!/usr/bin/env bash
# Pin every dependency with its hashes, for Python 3.11 on Linux, naming no address.
set -euo pipefail
bin=$1/bin
"$bin/python" -m pip install --quiet uv
compile=("$bin/uv" pip compile pyproject.toml --quiet --no-header --no-annotate --universal --python-version 3.11
         --generate-hashes --no-emit-package baken)

"${compile[@]}" -o requirements/run.lock
"${compile[@]}" --group dev --extra postgresql -c requirements/run.lock -o requirements/dev.lock
"${compile[@]}" --group dev --group bench --extra postgresql -c requirements/dev.lock -o requirements/bench.lock
"${compile[@]}" --group dev --group docs --extra postgresql -c requirements/dev.lock -o requirements/docs.lock
