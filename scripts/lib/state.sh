# The directory of one set of servers: what is remembered there. Sourced, never run; needs common.sh and mongod.sh.
# shellcheck shell=bash

state=$(realpath -m "${CONFIGBUS_SERVICES_DIR:-$repository/.build/services}")

# use_own_servers: has the user servers of their own? (Variables that `scripts/services env` set do not count.)
use_own_servers() {
    local mongodb=${CONFIGBUS_TEST_MONGODB_URI:-} amqp=${CONFIGBUS_TEST_AMQP_URI:-}
    [[ "$mongodb $amqp" != "${CONFIGBUS_TEST_STARTED_URIS:-}" ]] || return 1
    [[ -n $mongodb || -n $amqp ]] || return 1
    [[ -n $mongodb && -n $amqp ]] ||
        usage_error "only one of CONFIGBUS_TEST_MONGODB_URI and CONFIGBUS_TEST_AMQP_URI is set: set both or none"
}

has_state() {
    [[ -e $state/settings ]]
}

# load_state: sets members, mongodb_ports, amqp_port, amqps_port, dist_port, epmd_port and node.
load_state() {
    # shellcheck source=/dev/null
    source "$state/settings"
}

# create_state MEMBERS: chooses the ports. Below the range from which the system gives out ports to clients: there, a
# client that reconnects while the server is down could take the server's port, even by connecting to itself.
create_state() {
    local members=$1 ports
    if [[ -d $state && -n $(ls -A "$state") ]]; then
        fail "$state is not empty, and not a directory of these services" \
            "set CONFIGBUS_SERVICES_DIR to an empty or new one"
    fi
    mapfile -t ports < <("$python_environment/bin/python" "$repository/scripts/lib/free_ports.py" $((members + 4)))
    ((${#ports[@]} == members + 4)) || fail "no free ports were found on 127.0.0.1"
    mkdir -p "$state"
    {
        printf 'members=%q amqp_port=%q dist_port=%q epmd_port=%q amqps_port=%q ' "$members" "${ports[@]:0:4}"
        printf 'node=configbus-%s@localhost ' "$(cksum <<<"$state" | cut -d ' ' -f 1)"
        printf 'mongodb_ports=(%s)\n' "${ports[*]:4}"
    } >"$state/settings.new"
    mv "$state/settings.new" "$state/settings"
}

# lock: one start or stop at a time, because they share the downloads.
lock() {
    ! has_state || [[ -O $state/settings ]] ||
        fail "$state belongs to another user" "set CONFIGBUS_SERVICES_DIR to a directory of your own"
    mkdir -p "$cache"
    exec 9>"$cache/lock"
    flock -w 1200 9 || fail "another scripts/services is at work and does not end" "it holds $cache/lock"
}
