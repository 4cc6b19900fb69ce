#!/bin/sh
# Recompiles requirements/*.txt from pyproject.toml, with a throwaway uv; what is locked already stays as it is.
#
#   sh tools/lock.sh                        after a change in pyproject.toml
#   sh tools/lock.sh --upgrade              newest releases of everything
#   sh tools/lock.sh --upgrade-package X    newest release of X
#
# The files hold versions and hashes only: no host, no path. They fit every platform and Python 3.11 or newer.
set -eu
cd "$(dirname "$0")/.."

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
trap 'exit 1' HUP INT TERM
.venv/bin/python -m venv "$tool"
"$tool/bin/python" -m pip --disable-pip-version-check -qq install uv

compile() {
    UV_CUSTOM_COMPILE_COMMAND='make lock' "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}

# The build backend is part of the runtime lock: the project itself is installed without build isolation.
compile pyproject.toml --group build --output-file requirements/runtime.txt "$@"
compile --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt "$@"
