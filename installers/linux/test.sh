#!/usr/bin/env bash
# Set up what is missing, then run every check: lint, format, types, contracts, tests.
# Arguments go to pytest, for example: test.sh tests/kit -k money
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
installers/linux/setup.sh dev

bin=.venv/bin
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
failed=()
check() {
    echo
    echo "== $*"
    "$@" || failed+=("$*")
}
check "$bin/ruff" check .
check "$bin/ruff" format --check .
check "$bin/mypy"
check "$bin/lint-imports" --no-logo
# A file stays with one worker, so the sample village is built as few times as can be.
check "$bin/pytest" -n 2 --dist loadfile "$@"

echo
if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    exit 1
fi
echo "All checks passed."
