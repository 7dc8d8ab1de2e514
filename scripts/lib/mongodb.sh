# The MongoDB replica set. Sourced, never run; needs common.sh, process.sh, mongod.sh and the settings of $state.
# shellcheck shell=bash

mongodb_uri() {
    local ports=("${mongodb_ports[@]/#/127.0.0.1:}")
    local IFS=,
    printf 'mongodb://%s/?replicaSet=rs0' "${ports[*]}"
}

# start_mongodb: starts the members that are down; the set is formed the first time.
start_mongodb() {
    local index changed=0
    for index in "${!mongodb_ports[@]}"; do
        resume "mongodb-$((index + 1))"
        is_running "mongodb-$((index + 1))" && continue
        changed=1
        start_member "mongodb-$((index + 1))" "${mongodb_ports[index]}"
    done
    if ((changed)) || [[ ! -e $state/replica-set ]]; then
        say "waiting for a primary"
        local client=()
        ! has_tls || client=(--client "CN=$tls_client,O=configbus clients")
        "$python_environment/bin/python" "$repository/scripts/lib/replica_set.py" "${client[@]}" "${mongodb_ports[@]}" >&2 || {
            print_errors "$state/mongodb-1/log"
            fail "the MongoDB replica set did not come up" "'scripts/services stop' removes it; then start again"
        }
        touch "$state/replica-set"
    fi
}

start_member() {
    local name=$1 port=$2
    require_free_port "$name" "$port"
    say "starting $name on 127.0.0.1:$port"
    mkdir -p "$state/$name/data"
    started+=("$name")
    local tls=()
    ! has_tls || tls=(--tlsMode allowTLS --tlsCertificateKeyFile "$state/tls/server-both.pem"
        --tlsCAFile "$state/tls/ca.pem" --tlsAllowConnectionsWithoutCertificates)
    # --fork returns when the server listens. A stop removes the data, so it need not wait for other members.
    if ! env "$(tag)" LD_LIBRARY_PATH="$mongod_libraries" "$mongod" --fork --replSet rs0 --bind_ip 127.0.0.1 \
        --port "$port" --dbpath "$state/$name/data" --logpath "$state/$name/log" --logappend \
        --pidfilepath "$state/$name.pid" --nounixsocket --wiredTigerCacheSizeGB 1 --oplogSize 1024 \
        --setParameter diagnosticDataCollectionEnabled=false \
        --setParameter shutdownTimeoutMillisForSignaledShutdown=100 "${tls[@]}" >"$state/$name/output" 2>&1 9>&-; then
        indented_tail "$state/$name/output"
        print_errors "$state/$name/log"
        fail "$name did not start" "'scripts/services stop' removes its data and its port; then start again"
    fi
}

# print_errors LOG: mongod's log is long; what matters in it carries the severity error or fatal.
print_errors() {
    say "--- the last errors in $1"
    grep -sE '"s":"[EF]"' "$1" | tail -n 10 | cut -c 1-400 | sed 's/^/    /' >&2 || say "    none"
    say "---"
}

stop_mongodb() {
    local index
    for index in "${!mongodb_ports[@]}"; do
        end "mongodb-$((index + 1))" 10 &
    done
    wait
}
