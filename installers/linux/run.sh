#!/usr/bin/env bash
# Set up what is missing, then start the desk on a sample village.
# Without a display the sample village is written to build/demo and its files are listed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
installers/linux/setup.sh

out=build/demo
if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    rm -rf "$out"
    QT_QPA_PLATFORM=offscreen .venv/bin/python -m village_desk demo --out "$out"
    echo
    find "$out" -type f | sort
    exit 0
fi

# The first village file of the demo is opened; the password of the sample stands in summary.json.
[ -f "$out/summary.json" ] || .venv/bin/python -m village_desk demo --out "$out"
file=$(find "$out/village" -name '*.vdesk' | sort | head -n 1)
echo "Sample village: $file (its password stands in $out/summary.json)"
exec .venv/bin/python -m village_desk "$file"
