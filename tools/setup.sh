#!/bin/sh
# All the set-up that `make` needs, done once and again whenever the lists of packages change.
#   tools/setup.sh           virtual environment with Yakuba and the tools of the tests
#   tools/setup.sh demo      also the fonts of the certificates and of the old vendor's private characters
#   tools/setup.sh browser   also the Debian packages that tests need: browser, fonts, other readers of PDF, a token,
#                            an object store
#   tools/setup.sh bench     also the peers of the benchmarks
set -eu
cd "$(dirname "$0")/.."
want=${1:-python}
venv=.venv
python=${PYTHON:-python3}

say() { printf '%s\n' "setup: $*" >&2; }

# Debian packages: as root, with sudo that asks nothing, or by telling the reader exactly what to type.
debian() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "this is not Debian; please install the like of:$missing"; return 1
    elif [ "$(id -u)" = 0 ]; then become=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then become=sudo
    else
        say "please run:  sudo apt-get install -y$missing"; return 1
    fi
    say "installing Debian packages:$missing"
    $become apt-get update -qq >/dev/null
    # shellcheck disable=SC2086  # a list of words on purpose
    $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
    || { say "Python 3.11 or newer is needed (Debian 12: sudo apt-get install -y python3)"; exit 3; }
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then debian python3-venv || exit 3; fi

stamp() { cat pyproject.toml constraints.txt "tools/setup.sh" | cksum | cut -d' ' -f1; }
extras=dev
if [ "$want" = bench ]; then extras=dev,bench; fi
mark="$venv/.ready-$extras"
if [ "$(cat "$mark" 2>/dev/null || true)" != "$(stamp)" ]; then
    say "making $venv (Python packages: some 200 MB the first time)"
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[$extras]"
    stamp > "$mark"
fi
if [ "$want" = demo ]; then debian fonts-hanazono fonts-ipamj-mincho || exit 3; fi
if [ "$want" = browser ]; then
    debian ceph-mon ceph-osd chromium fonts-hanazono fonts-ipamj-mincho fonts-noto-cjk openssl poppler-utils radosgw \
        softhsm2 zbar-tools || say "without them the tests that need them are skipped, and say so"
fi
if [ "$want" = bench ]; then
    debian borgbackup restic || say "without them the vault is measured against nothing, and the page says so"
    debian fonts-hanazono fonts-ipamj-mincho fonts-noto-cjk || say "without them no glyphs are identified"
fi
