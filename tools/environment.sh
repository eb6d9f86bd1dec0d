# Makes or refreshes the virtual environment .venv at the root of the repository; sourced by ./pledgebook, ./test and .ci/run.
# usage: . tools/environment.sh; environment main|dev   (main: what the program needs; dev: that and what the checks need)
# The versions and their hashes are those of constraints.txt and constraints-dev.txt. Nothing is done while those are unchanged.

find_python() {
    for candidate in "${PLEDGEBOOK_PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    echo "pledgebook: Python 3.11 to 3.14 with venv was not found. Install it, or name it in PLEDGEBOOK_PYTHON." >&2
    return 2
}

stamp_of() { # the state that the environment was made from: the files that decide it, and where it stands
    cat "$root/pyproject.toml" "$root/$1" | cksum
    echo "$root"
}

environment() {
    kind=$1
    requirements=constraints.txt
    [ "$kind" = main ] || requirements=constraints-dev.txt
    wanted=$(stamp_of "$requirements")
    [ "$(cat "$root/.venv/$kind.stamp" 2>/dev/null)" = "$wanted" ] && return 0
    python=$(find_python) || return 2
    echo "pledgebook: preparing .venv (the first time takes a minute or two) ..." >&2
    if ! "$root/.venv/bin/python" -c 'import pip' >/dev/null 2>&1 || ! grep -qxF "$root" "$root"/.venv/*.stamp 2>/dev/null; then
        "$python" -m venv --clear "$root/.venv" || return 2
    fi
    pip() { "$root/.venv/bin/python" -m pip --quiet --quiet --disable-pip-version-check --no-input "$@" >&2; }
    # The list is whole: without --no-deps, pip asks for a newer version of what another needs with an extra ("coverage[toml]"), and then misses its hash.
    pip install --no-deps --require-hashes -r "$root/$requirements" || return 2
    pip install --no-deps --no-build-isolation --no-index --editable "$root" || return 2
    echo "$wanted" >"$root/.venv/$kind.stamp"
}
