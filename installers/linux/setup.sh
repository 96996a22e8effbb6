#!/usr/bin/env bash
# Shared set-up of run.sh and test.sh: system libraries, .venv, locked dependencies.
#   setup.sh          what the desk needs
#   setup.sh dev      and what the checks need
# Does nothing, quickly, when all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=${PYTHON:-python3.11}
venv=.venv

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# What the Qt wheels expect from the system, besides the C library.
libraries=(
    libgl1 libegl1 libfontconfig1 libglib2.0-0 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0
)
# The checks type through a session bus of their own.
[ "${1:-}" = dev ] && libraries+=(dbus)
missing=()
if command -v dpkg-query >/dev/null; then
    command -v "$python" >/dev/null || missing+=(python3.11)
    # Without ensurepip a virtual environment has no pip.
    "$python" -c 'import ensurepip' 2>/dev/null || missing+=(python3.11-venv)
    # Newer systems name some of them with t64. An unknown name makes dpkg-query fail; what it knows is printed all the same.
    present=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "${libraries[@]}" "${libraries[@]/%/t64}" 2>/dev/null || true)"
    for library in "${libraries[@]}"; do
        [[ $present == *" $library=installed "* || $present == *" ${library}t64=installed "* ]] || missing+=("$library")
    done
fi
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing system packages: ${missing[*]}"
    if ! { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; }; then
        echo "These packages are missing and could not be installed. Install them as root, then start again:" >&2
        echo "  apt-get install ${missing[*]}" >&2
        exit 1
    fi
fi

runtime=installers/requirements.lock
development=installers/requirements-dev.lock
lock=$runtime
[ "${1:-}" = dev ] && lock=$development

hash_of() { sha256sum "$1" | cut -d ' ' -f 1; }
# The stamp holds the hash of each lock that .venv satisfies; the development lock contains the other one.
stamp=$venv/.installed-locks
if ! grep -qsx "$(hash_of "$lock")" "$stamp"; then
    echo "Installing the dependencies of $lock into $venv"
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
    hash_of "$runtime" >"$stamp"
    [ "$lock" = "$runtime" ] || hash_of "$lock" >>"$stamp"
fi
