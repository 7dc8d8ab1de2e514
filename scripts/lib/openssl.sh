# OpenSSL 1.1 for mongod. Debian 12 has only OpenSSL 3, so the library is taken from Debian 11's security updates, from
# the mirror that this machine already uses, and unpacked without installing it. Sourced, never run; needs common.sh.
# shellcheck shell=bash

install_openssl() {
    if [[ -e $openssl/complete ]]; then
        return
    fi
    say "downloading OpenSSL 1.1 for mongod (about 1.5 MB)"
    local work
    work=$(mktemp -d)
    if ! (download_openssl "$work") >"$work/log" 2>&1; then
        indented_tail "$work/log"
        rm -rf "$work"
        fail "libssl1.1 could not be fetched from this machine's Debian mirror" \
            "put a mongod 4.4 or newer on the PATH, or set CONFIGBUS_TEST_MONGODB_URI and CONFIGBUS_TEST_AMQP_URI"
    fi
    rm -rf "$openssl" "$work"/*.deb
    mkdir -p "$cache"
    mv "$work/unpacked" "$openssl"
    touch "$openssl/complete"
    rm -rf "$work"
}

# download_openssl DIRECTORY: by apt-get, with lists and a cache of its own, so that the system's stay as they are.
download_openssl() {
    local work=$1
    mkdir -p "$work"/{parts,lists/partial,cache/archives/partial,unpacked}
    chmod 755 "$work"
    old_security_source >"$work/parts/old.sources"
    [[ -s $work/parts/old.sources ]] || {
        echo "no enabled entry for a '-security' suite was found in /etc/apt"
        return 1
    }
    local apt=(apt-get -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/parts"
        -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=)
    "${apt[@]}" update && cd "$work" && "${apt[@]}" download libssl1.1 && dpkg -x libssl1.1_*.deb unpacked
}

# The machine's own entry for security updates, with Debian 11's suite in place of its own.
old_security_source() {
    local file
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ -r $file ]] || continue
        awk -v RS= '
            tolower($0) ~ /(^|\n)enabled:[ \t]*(no|false|0)/ { next }
            /(^|\n)Suites:[^\n]*-security/ {
                count = split($0, line, "\n")
                for (i = 1; i <= count; i++) {
                    if (line[i] ~ /^#/) continue
                    if (line[i] !~ /^[ \t]/) skip = line[i] ~ /^(Types|Suites|Components):/
                    if (!skip) print line[i]
                }
                print "Types: deb\nSuites: bullseye-security\nComponents: main\n"
            }' "$file"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [[ -r $file ]] || continue
        sed -nE 's/^deb[ \t]+(\[[^]]*\][ \t]+)?([^ \t]+)[ \t]+[^ \t]+-security[ \t].*/\2/p' "$file" | sort -u |
            sed 's/.*/Types: deb\nURIs: &\nSuites: bullseye-security\nComponents: main\n/'
    done
}
