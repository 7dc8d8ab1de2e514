# Installs the packages in a bare Debian 12 and uses them there. Sourced, never run; needs common.sh, packages.sh and package.sh.
# shellcheck shell=bash

debian_suite=bookworm
debian_packages=(debootstrap)
debian_root=$package_folder/debian

# test_packages: what is in $package_output; the last line on standard output says how it went.
test_packages() {
    ((EUID == 0)) || fail "the test of the packages needs root: it makes a Debian system in a folder" \
        "run: sudo scripts/package --program $package_folder/stripped/configbus --test"
    require_packages "${debian_packages[@]}"
    trap remove_debian_root EXIT
    make_debian_root
    install -D -t "$debian_root/packages" "$package_output"/*
    install -m 755 scripts/lib/debian/use "$debian_root/use"
    say "installing and using the packages in a bare Debian 12"
    in_debian_root /use || fail "the packages do not work in a bare Debian 12" "what was tried last is above"
    remove_debian_root
}

# in_debian_root COMMAND...: processes, mounts and the folder are its own; when the first process ends, all end.
in_debian_root() {
    unshare --mount --pid --fork --kill-child --mount-proc="$debian_root/proc" \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        CONFIGBUS_TEST_MONGODB_URI="${CONFIGBUS_TEST_MONGODB_URI:-}" CONFIGBUS_TEST_AMQP_URI="${CONFIGBUS_TEST_AMQP_URI:-}" \
        chroot "$debian_root" "$@"
}

# test_units: the units under the systemd of a bare Debian 12, which runs as the first process of namespaces of its own.
test_units() {
    local processes init
    # Not local: the trap needs it.
    groups=$(findmnt --noheadings --types cgroup2 --output TARGET | head -n 1)/configbus-$$
    if ! mkdir "$groups" 2>/dev/null; then
        say "left out: the units under systemd, because no control group can be made here"
        return
    fi
    trap 'remove_debian_root; remove_groups "$groups"' EXIT
    make_debian_root
    install -D -t "$debian_root/packages" "$package_output"/*.deb
    install -m 755 scripts/lib/debian/use-units "$debian_root/use-units"
    in_debian_root /bin/sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes \
        --no-install-recommends systemd systemd-sysv dbus /packages/*.deb' >"$package_folder/units.log" 2>&1 || {
        indented_tail "$package_folder/units.log"
        fail "systemd could not be installed in a bare Debian 12"
    }
    say "using the units under systemd"
    (
        echo "$BASHPID" >"$groups/cgroup.procs"
        exec unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child --propagation private \
            bash scripts/lib/debian/boot "$PWD/$debian_root" >>"$package_folder/units.log" 2>&1
    ) &
    processes=$!
    trap 'kill -KILL "$processes" 2>/dev/null; { wait; } 2>/dev/null; remove_debian_root; remove_groups "$groups"' EXIT
    until init=$(pgrep --parent "$processes") && in_init "$init" systemctl is-system-running --wait >/dev/null 2>&1; do
        kill -0 "$processes" 2>/dev/null || { indented_tail "$package_folder/units.log"; fail "systemd did not start"; }
        sleep 0.5
    done
    echo "units under systemd $(in_init "$init" systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p') in a bare Debian 12:"
    in_init "$init" timeout 120 /use-units || fail "the units do not work" "what was tried last is above"
    echo "the units were used in a bare Debian 12"
    kill -KILL "$processes"
    { wait "$processes" || true; } 2>/dev/null
    remove_debian_root
    remove_groups "$groups"
    trap - EXIT
}

# in_init PROCESS COMMAND...: where that process is.
in_init() {
    local process=$1
    shift
    nsenter --target "$process" --all --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

remove_groups() {
    find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
}

# make_debian_root: Debian's smallest system, which is kept for the next time.
make_debian_root() {
    local kept=$cache/debian-$debian_suite.tar mirror
    remove_debian_root
    mkdir -p "$debian_root" "$cache"
    if [[ ! -e $kept ]]; then
        mirror=$(debian_mirror)
        say "making a bare Debian 12 in $debian_root (some minutes, once)"
        debootstrap --variant=minbase "$debian_suite" "$debian_root" ${mirror:+"$mirror"} >"$package_folder/debootstrap.log" 2>&1 || {
            indented_tail "$package_folder/debootstrap.log"
            fail "debootstrap could not make a Debian 12"
        }
        tar --create --file "$kept.new" --directory "$debian_root" --exclude=./var/cache/apt/archives/* .
        mv "$kept.new" "$kept"
    else
        tar --extract --file "$kept" --directory "$debian_root"
    fi
    # The way to the mirror is this machine's.
    cp /etc/resolv.conf "$debian_root/etc/resolv.conf"
    apt-config dump | grep '^Acquire::' >"$debian_root/etc/apt/apt.conf.d/01machine" || true
}

# debian_mirror: the one of this machine's own sources that has Debian itself; nothing where there is none.
debian_mirror() {
    local file
    for file in /etc/apt/sources.list.d/*.sources; do
        [[ ! -r $file ]] || awk -v RS= '!/(^|\n)Suites:[^\n]*-security/' "$file" | sed -n 's/^URIs:[ \t]*\([^ \t]*\).*/\1/p'
    done | head -n 1
}

remove_debian_root() {
    [[ ! -e $debian_root ]] || rm -rf --one-file-system "$debian_root"
}
