#!/usr/bin/env bash
# See to it that there is a Chromium; where there can be none, the tests of the console say so and are skipped.
set -euo pipefail
if command -v chromium >/dev/null || command -v google-chrome >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; then
        exit 0
    fi
fi
echo "make: no Chromium here, so the tests of the console are skipped; as an administrator: apt-get install chromium" >&2
