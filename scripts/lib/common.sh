# Shared by every script: where things are, how to speak to the user. Sourced, never run.
# shellcheck shell=bash

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/configbus

# Progress and messages go to standard error: standard output is for what another program reads.
say() {
    printf '%s\n' "$*" >&2
}

# fail MESSAGE [WHAT TO DO NEXT]...
fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit 1
}

# usage_error MESSAGE: the command line itself was wrong.
usage_error() {
    printf 'error: %s\n' "$1" >&2
    exit 2
}

# Every connection is a file descriptor, and the usual limit of 1,024 is soon reached.
raise_file_limit() {
    local wanted=65536 hard
    hard=$(ulimit -Hn)
    [[ $hard == unlimited ]] || ((hard >= wanted)) || wanted=$hard
    [[ $(ulimit -Sn) == unlimited ]] || (($(ulimit -Sn) >= wanted)) || ulimit -Sn "$wanted"
}

# port_is_open PORT: does something listen there on loopback?
port_is_open() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# indented_tail FILE: the end of a log, for an error message.
indented_tail() {
    [[ -s $1 ]] || return 0
    say "--- the end of $1"
    tail -n 25 "$1" | cut -c 1-400 | sed 's/^/    /' >&2
    say "---"
}

require_swift() {
    command -v swift >/dev/null ||
        fail "there is no 'swift' on the PATH" "install a Swift toolchain, 6.2 or newer: https://www.swift.org/install"
}
