#!/usr/bin/env bash
# Write both lock files anew from pyproject.toml: exact versions with hashes for every platform, and no addresses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

tools=build/lock-venv
[ -x "$tools/bin/pip-compile" ] || { python3.11 -m venv "$tools" && "$tools/bin/pip" install --quiet "pip-tools==7.6.2"; }

export CUSTOM_COMPILE_COMMAND=installers/linux/lock.sh
options=(--quiet --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --generate-hashes --strip-extras)
"$tools/bin/pip-compile" "${options[@]}" --output-file installers/requirements.lock pyproject.toml
"$tools/bin/pip-compile" "${options[@]}" --extra dev --constraint installers/requirements.lock \
    --output-file installers/requirements-dev.lock pyproject.toml
