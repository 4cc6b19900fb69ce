#!/bin/sh
# Runs tests on the lowest versions that pyproject.toml allows, in an environment of their own that is then removed.
#
#   sh tools/lowest.sh [OPTIONS OF PYTEST]
#
# What biblio itself depends on is as old as may be; what brings the tests, and what the dependencies depend on in turn,
# is as new as fits.
set -eu
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
python=$(pwd -P)/.venv/bin/python
"$python" -m venv "$folder/tool"
"$folder/tool/bin/python" -m pip --disable-pip-version-check -qq install uv
uv() { "$folder/tool/bin/uv" "$@"; }
# uv does not read where pip is told to look, if it is.
index=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || true)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"

# Nothing is built from source, but for the one package that has no wheel of its lowest version.
wheels='--only-binary :all: --no-binary pylatexenc'
# shellcheck disable=SC2086  # a list of words
uv pip compile --quiet --python "$python" --resolution lowest-direct $wheels --no-header --no-annotate --all-extras \
    --output-file "$folder/lowest.txt" pyproject.toml >/dev/null
uv venv --quiet --python "$python" "$folder/venv"
# shellcheck disable=SC2086
uv pip install --quiet --python "$folder/venv/bin/python" $wheels --requirements "$folder/lowest.txt" \
    --group build --group quick
uv pip install --quiet --python "$folder/venv/bin/python" --no-deps --no-build-isolation --editable .

printf 'biblio: %s\n' "versions les plus basses / lowest versions: $(grep -c == "$folder/lowest.txt")" >&2
grep == "$folder/lowest.txt" >&2
"$folder/venv/bin/python" -m pytest -p no:cacheprovider "$@"
