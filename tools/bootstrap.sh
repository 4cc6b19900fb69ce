#!/bin/sh
# Installs what is missing and nothing else, so that `make pdf` and `make test` work on a bare machine.
#
#   sh tools/bootstrap.sh runtime    what `make pdf` needs
#   sh tools/bootstrap.sh dev        what `make test` and `make lint` need on top of it
#
# Three steps: the system's libraries, the virtual environment .venv, the locked dependencies. The Makefile
# calls it through stamp files, so that it runs only when one of its inputs is newer than its last success.
# Every message is on one line, in French and then in English.
set -eu

say() { printf 'biblio: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

# The running interpreter if it is new enough (its path without symbolic links, so that .venv breaks visibly,
# and is made anew, on the day that the system replaces that version of Python).
python_path='
import os, sys
if sys.version_info < (3, 11):
    sys.exit(1)
print(os.path.realpath(sys.executable))
'

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if "$candidate" -c "$python_path" 2>/dev/null; then
            return 0
        fi
    done
    die "Python 3.11 ou plus récent est introuvable ; tapez / Python 3.11 or newer not found; type:" \
        "sudo apt-get install python3"
}

# The Debian packages that are missing, seen the way they will be used: by loading them. The libraries are those
# that WeasyPrint opens; it can do without the last, but then writes larger files, more slowly. Elsewhere than
# on Linux their names differ, and WeasyPrint's own message is the best there is.
missing_packages='
import importlib.util, sys

missing = []
if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
    missing.append("python{}.{}-venv".format(*sys.version_info))
libraries = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
if sys.platform == "linux" and importlib.util.find_spec("_ctypes"):
    import ctypes

    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
print(*missing)
'

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=120 \
        -o Dpkg::Use-Pty=0 --no-install-recommends "$@"
}

# The lists of packages are fetched only if the installation fails without.
install_packages() {
    say "installation de / installing: $*"
    log=$(mktemp)
    if ! apt_install "$@" </dev/null >"$log" 2>&1; then
        { as_root apt-get update -qq && apt_install "$@"; } </dev/null >"$log" 2>&1 || cat "$log" >&2
    fi
    rm -f "$log"
}

install_system() {
    missing=$("$1" -c "$missing_packages")
    before=''
    # More than once, because a Python without ctypes tells of the libraries only when its own package is whole.
    while [ -n "$missing" ] && [ "$missing" != "$before" ]; do
        can_install || break
        before=$missing
        # shellcheck disable=SC2086  # a list of words
        install_packages $missing
        missing=$("$1" -c "$missing_packages")
    done
    if [ -z "$missing" ]; then
        return 0
    fi
    if command -v apt-get >/dev/null 2>&1; then
        [ "$(id -u)" -eq 0 ] && sudo='' || sudo='sudo '
        die "il manque des paquets système ; tapez / system packages are missing; type:" \
            "${sudo}apt-get update && ${sudo}apt-get install $missing"
    fi
    die "installez l'équivalent de ces paquets Debian avec l'outil de votre système /" \
        "install the equivalents of these Debian packages with your system's tool: $missing"
}

# The browsers in which the e-mails and the desk are tested, the office in which documents are, and the shells in which
# completion is: wanted, but those tests are skipped without them.
install_for_tests() {
    missing=''
    for package in chromium firefox-esr zsh fish; do
        command -v "$package" >/dev/null 2>&1 || missing="$missing $package"
    done
    command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui"
    # shellcheck disable=SC2086  # a list of words
    [ -z "$missing" ] || ! can_install || install_packages $missing
}

# A .venv made by another Python, or for a checkout that has moved since, is made anew.
make_venv() {
    if [ -x .venv/bin/python ] && [ "$(cat .venv/.checkout 2>/dev/null)" = "$(pwd -P)" ]; then
        return 0
    fi
    say "environnement virtuel / virtual environment: .venv ($1)"
    rm -rf .venv
    "$1" -m venv .venv || die "impossible de créer .venv / could not make .venv"
    pwd -P >.venv/.checkout
}

pip_install() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input -qq install "$@" </dev/null || die \
        "l'installation de paquets Python a échoué (voir plus haut) ; est-on en ligne ? /" \
        "installing Python packages failed (see above); is this machine online?"
}

# Nothing is built from source, so that nothing outside the lock is ever downloaded.
pip_install_locked() {
    say "dépendances / dependencies: $1"
    pip_install --require-hashes --only-binary :all: -r "$1"
}

cd "$(dirname "$0")/.."
case ${1-} in
runtime)
    python=$(find_python)
    install_system "$python"
    make_venv "$python"
    pip_install_locked requirements/runtime.txt
    pip_install --no-index --no-deps --no-build-isolation --editable .
    # The path to src/ is written relative to the site-packages: Python reads it in the encoding of the locale, and a
    # checkout in a folder with accents would stop it where the locale is « C ».
    for pth in .venv/lib/python*/site-packages/_biblio.pth; do
        printf '../../../../src\n' >"$pth"
    done
    ;;
dev)
    install_for_tests
    pip_install_locked requirements/dev.txt
    ;;
*)
    die "usage: sh tools/bootstrap.sh runtime|dev"
    ;;
esac
touch ".venv/.$1-is-ready"
