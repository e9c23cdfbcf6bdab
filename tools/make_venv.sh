#!/usr/bin/env bash
# Make a virtual environment with pip in it, also where Debian left ensurepip out.
set -euo pipefail
venv=$1

python=
for candidate in python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "make: Python 3.11 or newer was not found; on Debian: apt-get install python3 python3-venv" >&2
    exit 2
fi

if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$venv"
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null
    else
        echo "make: this Python has no ensurepip; as an administrator: apt-get install python3-venv" >&2
        exit 2
    fi
fi
"$python" -m venv "$venv"
