# The registry that `scripts/run` starts, and the sample in it. Sourced, never run; needs common.sh.
# shellcheck shell=bash

configbus=.build/release/configbus
data=data
registry=

# start_registry: returns when the registry says that it listens; its output goes on to the terminal.
start_registry() {
    local port line fifo
    lock_data
    port=$(first_free_port 8000)
    ((port == 8000)) || say "port 8000 is taken by another program: using $port"
    fifo=$(mktemp -u)
    mkfifo -m 600 "$fifo"
    "$configbus" serve --port "$port" --data-dir "$data" >"$fifo" 2>&1 &
    registry=$!
    exec 3<"$fifo"
    rm "$fifo"
    while IFS= read -r line <&3; do
        printf '%s\n' "$line"
        if [[ $line =~ listening\ on\ (http://[^[:space:]]+) ]]; then
            export CONFIGBUS_URL=${BASH_REMATCH[1]}
            cat <&3 &
            return
        fi
    done
    wait "$registry" || true
    registry=
    fail "the registry did not start; what it said is above" "its data is in $PWD/$data"
}

# Two registries must not share one embedded store.
lock_data() {
    mkdir -p "$data"
    exec 4>"$data/.lock"
    flock -n 4 ||
        fail "scripts/run is running already, on $PWD/$data" "stop it with Ctrl-C in its terminal, or use it as it is"
}

first_free_port() {
    local port
    for ((port = $1; port < $1 + 100; port++)); do
        if ! port_is_open "$port"; then
            printf '%s' "$port"
            return
        fi
    done
    fail "no port from $1 to $((port - 1)) is free"
}

publish_sample() {
    if "$configbus" get parsing --environment prod >/dev/null 2>&1; then
        say "the sample document 'parsing' in 'prod' is already there"
        return
    fi
    "$configbus" publish parsing - --environment prod --comment "sample" --create \
        <<<'{"db_host": "production-db", "db_port": 5432, "max_connections": 100}'
}

print_next_steps() {
    cat <<END

The registry runs at $CONFIGBUS_URL and keeps its data in $PWD/$data. Ctrl-C stops it.

In a second terminal, watch the document:

    export PATH="$PWD/${configbus%/*}:\$PATH" CONFIGBUS_URL=$CONFIGBUS_URL
    configbus watch parsing --environment prod

In a third one, with the same export, change it, read it, and see what changed:

    echo '{"db_host": "production-db", "db_port": 5432, "max_connections": 200}' |
        configbus publish parsing - --environment prod --comment "more connections"
    configbus get parsing --environment prod
    configbus diff parsing --environment prod

END
}

stop_registry() {
    [[ -n $registry ]] || return 0
    kill -TERM "$registry" 2>/dev/null || true
    wait "$registry" || true
    wait # for the rest of its output
}
