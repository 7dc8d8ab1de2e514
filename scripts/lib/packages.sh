# What this project needs from Debian, in one place. Sourced, never run; needs common.sh.
# shellcheck shell=bash

# Headers and libraries that `swift build` needs.
build_packages=(libmongoc-dev librabbitmq-dev libre2-dev libsqlite3-dev pkg-config)
# The public JSON-Schema-Test-Suite of all drafts (the package json-schema-test-suite ends with draft-07), and promtool, which
# checks metrics and alert rules.
prometheus_package=prometheus
test_packages=(libtest-json-schema-acceptance-perl "$prometheus_package")
# For the servers of the tests: the first is RabbitMQ itself, the others are asked for only where mongod needs them.
rabbitmq_package=rabbitmq-server
openssl_package=openssl
python_package=python3-venv
mongod_library_package=libcurl4

# missing_packages NAME...: prints those that are not installed.
missing_packages() {
    local name installed
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for name in "$@"; do
        grep -qx "installed $name" <<<"$installed" || printf '%s\n' "$name"
    done
}

# require_packages NAME...: installs what is missing, and touches nothing when nothing is.
require_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "note: this is not a Debian system, so nothing is installed here; needed are (Debian's names): $*"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

install_packages() {
    local by_hand="apt-get update && apt-get install $*"
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        fail "these Debian packages are missing and can only be installed by root: $*" "run as root: $by_hand"
    fi
    say "installing from Debian: $*"
    local log
    log=$(mktemp)
    if ! (install_quietly "$@") >"$log" 2>&1; then
        indented_tail "$log"
        rm -f "$log"
        fail "apt-get could not install: $*" "try by hand, as root: $by_hand"
    fi
    rm -f "$log"
}

# Runs in a subshell, so that the policy file goes away however this ends, and as a condition, where `set -e` is off.
install_quietly() {
    keep_services_from_starting "$@" &&
        as_root apt-get -o DPkg::Lock::Timeout=300 update &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@" &&
        keep_services_from_booting "$@"
}

# A package that brings a server starts it on its standard port, now and at every boot. The tests have servers of their
# own, or need none, so these stay off: https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
keep_services_from_starting() {
    local policy=/usr/sbin/policy-rc.d
    [[ ! -e $policy ]] && brings_server "$@" || return 0
    trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root install -m 755 /dev/stdin "$policy"
}

keep_services_from_booting() {
    local package
    [[ -d /run/systemd/system ]] || return 0
    for package in "$rabbitmq_package" "$prometheus_package"; do
        [[ " $* " != *" $package "* ]] || as_root systemctl disable "$package"
    done
}

brings_server() { [[ " $* " == *" $rabbitmq_package "* || " $* " == *" $prometheus_package "* ]]; }

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif [[ -t 0 ]]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}
