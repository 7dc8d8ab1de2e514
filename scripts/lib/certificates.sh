# Certificates for the servers of the tests: a CA of their own, one for the servers, one for a client. Made anew with every set
# of servers and removed with it. Sourced, never run; needs common.sh and $state.
# shellcheck shell=bash

# What the client's certificate says, and under which name the servers know it.
tls_client=configbus-client

# create_certificates: makes what is not there yet.
create_certificates() {
    local directory=$state/tls
    [[ ! -e $directory/complete ]] || return 0
    command -v openssl >/dev/null || require_packages "$openssl_package"
    say "making certificates in $directory"
    rm -rf "$directory"
    mkdir -p "$directory"
    if ! (make_certificates "$directory") >"$directory/log" 2>&1; then
        indented_tail "$directory/log"
        fail "openssl could not make the certificates" "'scripts/services stop' removes everything; then start again"
    fi
    touch "$directory/complete"
}

# make_certificates DIRECTORY: RSA, because the mongod of the tests and every driver know it.
make_certificates() {
    cd "$1" || return
    openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj '/O=configbus tests/CN=configbus test CA' \
        -addext keyUsage=critical,keyCertSign,cRLSign -keyout ca.key -out ca.pem
    sign server '/O=configbus servers/CN=localhost' 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
    # A member of the same organisation as the servers would be one of MongoDB's own.
    sign client "/O=configbus clients/CN=$tls_client" 'extendedKeyUsage=clientAuth'
    cat server.pem server.key >server-both.pem
    cat client.pem client.key >client-both.pem
    chmod 600 ./*.key ./*-both.pem
    # As a condition of its caller this goes on behind a command that failed.
    [[ -s ca.pem && -s server.pem && -s client.pem ]]
}

# sign NAME SUBJECT EXTENSION
sign() {
    openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
    openssl x509 -req -days 365 -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -out "$1.pem" \
        -extfile <(printf '%s\nbasicConstraints=CA:FALSE\n' "$3")
}

# has_tls: were these servers made with certificates? (Those of an earlier version of this script were not.)
has_tls() {
    [[ -n ${amqps_port:-} && -e $state/tls/complete ]]
}

amqps_uri() {
    printf 'amqps://guest:guest@localhost:%s/?cacertfile=%s/tls/ca.pem' "$amqps_port" "$state"
}

mongodb_tls_uri() {
    printf '%s&tls=true&tlsCAFile=%s/tls/ca.pem' "$(mongodb_uri)" "$state"
}
