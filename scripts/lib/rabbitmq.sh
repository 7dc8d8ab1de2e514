# The RabbitMQ node. Sourced, never run; needs common.sh, process.sh and the settings of $state.
# shellcheck shell=bash

rabbitmq_programs=/usr/lib/rabbitmq/bin

amqp_uri() {
    printf 'amqp://guest:guest@127.0.0.1:%s/' "$amqp_port"
}

# launch_rabbitmq: starts the node without waiting for it: it takes some seconds, in which MongoDB can start.
launch_rabbitmq() {
    resume epmd
    resume rabbitmq
    if is_running rabbitmq && is_running epmd; then
        return
    fi
    write_node_settings
    if ! is_running epmd; then
        require_free_port epmd "$epmd_port"
        # The node's own name server: one that belongs to another program is neither used nor ended.
        launch epmd "$state/rabbitmq/output" env ERL_EPMD_ADDRESS=127.0.0.1 epmd -port "$epmd_port"
        await_port epmd "$epmd_port"
    fi
    if ! is_running rabbitmq; then
        require_free_port rabbitmq "$amqp_port"
        say "starting RabbitMQ on 127.0.0.1:$amqp_port (some seconds)"
        launch rabbitmq "$state/rabbitmq/output" "$state/rabbitmq-server"
    fi
}

# await_rabbitmq: returns when the node accepts connections.
await_rabbitmq() {
    local output=$state/rabbitmq/rabbitmqctl-output request=(wait --pid "$(pid_of rabbitmq)" --timeout 120)
    if [[ " ${started[*]} " != *" rabbitmq "* ]]; then
        # It ran before. `rabbitmqctl stop_app` leaves a node that does not listen.
        port_is_open "$amqp_port" && return
        request=(start_app)
    fi
    if ! "$state/rabbitmqctl" --quiet "${request[@]}" >"$output" 2>&1 9>&-; then
        indented_tail "$state/rabbitmq/output"
        indented_tail "$output"
        fail "RabbitMQ did not start" "'scripts/services stop' removes its data and its ports; then start again"
    fi
}

# allow_client_certificate: the broker's user of the client's certificate. In one call, because each takes more than a second.
allow_client_certificate() {
    has_tls && [[ ! -e $state/tls/allowed ]] || return 0
    local user="<<\"$tls_client\">>" all='<<".*">>'
    "$state/rabbitmqctl" --quiet eval "
        rabbit_auth_backend_internal:add_user($user, crypto:strong_rand_bytes(24), <<\"services\">>),
        rabbit_auth_backend_internal:set_permissions($user, <<\"/\">>, $all, $all, $all, <<\"services\">>)." \
        >"$state/rabbitmq/rabbitmqctl-output" 2>&1 9>&- || {
        indented_tail "$state/rabbitmq/rabbitmqctl-output"
        fail "the broker does not accept the client's certificate" "'scripts/services stop' removes everything"
    }
    touch "$state/tls/allowed"
}

await_port() {
    local deadline=$((SECONDS + 10))
    until port_is_open "$2"; do
        if ! kill -0 "$(pid_of "$1")" 2>/dev/null || ((SECONDS >= deadline)); then
            indented_tail "$state/rabbitmq/output"
            fail "$1 did not start on 127.0.0.1:$2" "'scripts/services stop' forgets the port; then start again"
        fi
        sleep 0.02
    done
}

stop_rabbitmq() {
    end rabbitmq 20
    end epmd 5
}

# Writes the node's configuration, and one command under the name of each RabbitMQ program that runs it for this node.
write_node_settings() {
    local home=$state/rabbitmq
    mkdir -p "$home"
    printf '[].\n' >"$home/enabled_plugins"
    ! has_tls || printf '[rabbitmq_auth_mechanism_ssl].\n' >"$home/enabled_plugins"
    : >"$home/environment.conf"
    # Small buffers: the kernel would otherwise grow them to some 4 MB for a loopback connection.
    cat >"$home/rabbitmq.conf" <<END
listeners.tcp.default = 127.0.0.1:$amqp_port
tcp_listen_options.backlog = 1024
tcp_listen_options.sndbuf = 32768
tcp_listen_options.recbuf = 32768
vm_memory_high_watermark.relative = 0.4
END
    ! has_tls || cat >>"$home/rabbitmq.conf" <<END
listeners.ssl.default = 127.0.0.1:$amqps_port
ssl_options.cacertfile = $state/tls/ca.pem
ssl_options.certfile = $state/tls/server.pem
ssl_options.keyfile = $state/tls/server.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = false
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
ssl_cert_login_from = common_name
auth_mechanisms.1 = PLAIN
auth_mechanisms.2 = AMQPLAIN
auth_mechanisms.3 = EXTERNAL
END
    write_node_command
    local program
    for program in rabbitmqctl rabbitmq-diagnostics rabbitmq-queues; do
        cp "$state/rabbitmq-server" "$state/$program"
    done
}

# Debian's wrappers change the user and directory, so the programs behind them are called. `detached` makes the server
# replace its launcher, so that the recorded process is the node itself. Without `-start_epmd false` every Erlang
# program would start a name server that nothing ends.
# shellcheck disable=SC2016 # the dollars belong to the command that is written
write_node_command() {
    local home=$state/rabbitmq interface='-kernel inet_dist_use_interface {127,0,0,1}'
    {
        printf '#!/bin/bash\nset -euo pipefail\nunset "${!RABBITMQ_@}" "${!ERL_@}"\nexport'
        printf ' %q' "HOME=$home" LC_ALL=C.UTF-8 detached=true \
            "ERL_FLAGS=-start_epmd false" "ERL_EPMD_PORT=$epmd_port" "ERL_CRASH_DUMP=$home/erl_crash.dump" \
            "RABBITMQ_NODENAME=$node" "RABBITMQ_NODE_PORT=$amqp_port" "RABBITMQ_DIST_PORT=$dist_port" \
            "RABBITMQ_MNESIA_BASE=$home/data" "RABBITMQ_LOG_BASE=$home/log" "RABBITMQ_PID_FILE=$home/pid" \
            "RABBITMQ_ENABLED_PLUGINS_FILE=$home/enabled_plugins" "RABBITMQ_CONFIG_FILE=$home/rabbitmq" \
            "RABBITMQ_CONFIG_FILES=$home/conf.d" "RABBITMQ_ADVANCED_CONFIG_FILE=$home/advanced.config" \
            "RABBITMQ_CONF_ENV_FILE=$home/environment.conf" "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=$interface" \
            "RABBITMQ_CTL_ERL_ARGS=$interface" RABBITMQ_CTL_DIST_PORT_MIN=0 RABBITMQ_CTL_DIST_PORT_MAX=0
        printf '\nexec %q/"${0##*/}" "$@"\n' "$rabbitmq_programs"
    } >"$state/rabbitmq-server"
    chmod +x "$state/rabbitmq-server"
}
