# The registry that `scripts/run` starts, and the sample in it. Sourced, never run; needs common.sh and build.sh.
# shellcheck shell=bash

configbus=$stripped_folder/configbus
# The folder that `configbus serve` takes by itself.
data=configbus-data
registry=

# run_registry: until Ctrl-C.
run_registry() {
    trap stop_registry EXIT
    trap 'trap "" HUP INT TERM; exit 129' HUP
    trap 'trap "" HUP INT TERM; exit 130' INT
    trap 'trap "" HUP INT TERM; exit 143' TERM
    start_registry
    publish_sample
    print_next_steps
    wait "$registry"
}

# start_registry: returns when the registry says that it listens; its output goes on to the terminal. It gets a session of
# its own, so that Ctrl-C reaches this script alone: a second signal would end it in the middle of its work.
start_registry() {
    local port line fifo
    port=$(first_free_port 8000)
    ((port == 8000)) || say "port 8000 is taken by another program: using $port"
    fifo=$(mktemp -u)
    mkfifo -m 600 "$fifo"
    setsid "$configbus" serve --port "$port" --data-dir "$data" >"$fifo" 2>&1 &
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

# stop_registry: once; only a second Ctrl-C ends the registry before it is done.
stop_registry() {
    [[ -n $registry ]] || return 0
    trap 'kill -TERM "$registry" 2>/dev/null || true' HUP INT TERM
    kill -TERM "$registry" 2>/dev/null || true
    while kill -0 "$registry" 2>/dev/null; do
        wait "$registry" || true
    done
    wait # for the rest of its output
    say "the registry has stopped; its data stays in $PWD/$data"
}
