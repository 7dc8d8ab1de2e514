# Starting, finding and ending the servers. Sourced, never run; needs common.sh and $state.
# shellcheck shell=bash

# Every process that is started here carries this in its environment. A process identifier alone proves nothing: after a
# crash the system may have given it to another program.
tag() {
    printf 'CONFIGBUS_SERVICES_OF=%s' "$state"
}

# The names of the servers that this run of the script started.
started=()

# launch NAME LOG COMMAND...: starts a server in a session of its own (Ctrl-C in the terminal does not reach it).
launch() {
    local name=$1 log=$2
    shift 2
    started+=("$name")
    setsid env --chdir="$state" "$(tag)" "$@" </dev/null >>"$log" 2>&1 9>&- &
    local pid=$!
    printf '%s\n' "$pid" >"$state/$name.pid"
    # Until it runs the command, the new process has this script's environment.
    until is_ours "$pid" || ! kill -0 "$pid" 2>/dev/null; do
        sleep 0.01
    done
}

# require_free_port NAME PORT: a remembered port may have gone to another program while the server was down.
require_free_port() {
    ! port_is_open "$2" ||
        fail "$1 cannot start: another program listens on 127.0.0.1:$2" \
            "'scripts/services stop' forgets the port; then start again"
}

pid_of() {
    cat "$state/$1.pid" 2>/dev/null
}

is_ours() {
    [[ -n $1 ]] && grep -qzxF "$(tag)" "/proc/$1/environ" 2>/dev/null
}

# is_running NAME: the recorded process exists and is the one that was started.
is_running() {
    is_ours "$(pid_of "$1")"
}

# is_suspended NAME: stopped with SIGSTOP, as a test of a hanging server does.
is_suspended() {
    grep -q '^State:[[:space:]]T' "/proc/$(pid_of "$1")/status" 2>/dev/null
}

# resume NAME: undoes SIGSTOP.
resume() {
    if is_running "$1" && is_suspended "$1"; then
        say "waking $1, which was suspended"
        kill -CONT "$(pid_of "$1")"
    fi
}

# end NAME SECONDS: asks the server to go, waits, and only then kills it.
end() {
    local pid
    pid=$(pid_of "$1") || return 0
    end_process "$pid" "$2"
    rm -f "$state/$1.pid"
}

end_process() {
    local pid=$1 deadline=$((SECONDS + $2))
    is_ours "$pid" || return 0
    kill -CONT "$pid" 2>/dev/null || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    while is_ours "$pid" && ((SECONDS < deadline)); do
        sleep 0.05
    done
    is_ours "$pid" || return 0
    kill -KILL "$pid" 2>/dev/null || return 0
    while is_ours "$pid"; do
        sleep 0.05
    done
}

# end_strays: what still runs although its record is gone (the directory was removed under the servers).
end_strays() {
    local environment
    while read -r environment; do
        end_process "${environment//[!0-9]/}" 5
    done < <(grep -lzxF "$(tag)" /proc/[0-9]*/environ 2>/dev/null)
}
