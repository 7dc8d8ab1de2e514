# Makes the packages. Sourced, never run; needs common.sh and build.sh.
# shellcheck shell=bash

package_folder=.build/package
package_output=$package_folder/out
# The tools that packing takes.
package_packages=(dpkg-dev fakeroot)

# build_for_packages: the release with Swift's runtime inside it, in a folder of its own: it is linked in another way than
# what scripts/release makes.
build_for_packages() {
    compile_release --static-swift-stdlib --scratch-path "$package_folder"
    strip_program "$package_folder/release/configbus" "$package_folder/stripped"
}

# make_packages PROGRAM: one tree of files, packed in two ways.
make_packages() {
    local program=$1 tree=$package_folder/tree version architecture
    refuse_foreign_libraries "$program"
    version=$("$program" --version)
    architecture=$(dpkg --print-architecture)
    # The same sources make the same packages, byte for byte.
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
    export SOURCE_DATE_EPOCH
    rm -rf "$tree" "$package_output"
    mkdir -p "$package_output"
    install_files "$program" "$tree"
    make_archive "$tree" "configbus-$version-linux-$architecture"
    make_debian_package "$tree" "$program" "$version" "$architecture"
    (cd "$package_output" && sha256sum -- * >SHA256SUMS)
    say "in $PWD/$package_output:"
    (cd "$package_output" && du -h --apparent-size -- *) >&2
}

# A program that needs a library which no package of Debian has would be installed and not start.
refuse_foreign_libraries() {
    local foreign
    foreign=$(LC_ALL=C ldd "$1" | grep -E '=> (not found|/(opt|usr/local|root|home)/)|libswift' || true)
    [[ -z $foreign ]] ||
        fail "$1 needs libraries that Debian does not have: $(awk '{print $1}' <<<"$foreign" | xargs)" \
            "build it with --static-swift-stdlib, as scripts/package does"
}

# install_files PROGRAM TREE: what is installed, where it belongs.
install_files() {
    local program=$1 tree=$2 doc=$2/usr/share/doc/configbus shell
    install -D -m 755 "$program" "$tree/usr/bin/configbus"
    install -D -m 644 -t "$tree/usr/lib/systemd/system" systemd/*.service
    install -D -m 644 -t "$tree/etc/configbus" systemd/serve.yaml systemd/audit.env
    # An example, because there is no agent without documents to follow.
    install -D -m 644 -t "$doc/examples" systemd/agent.yaml
    local completions=(
        bash "$tree/usr/share/bash-completion/completions/configbus"
        zsh "$tree/usr/share/zsh/vendor-completions/_configbus"
        fish "$tree/usr/share/fish/vendor_completions.d/configbus.fish"
    )
    for ((shell = 0; shell < ${#completions[@]}; shell += 2)); do
        "$program" completions "${completions[shell]}" | install -D -m 644 /dev/stdin "${completions[shell + 1]}"
    done
    install -D -m 644 -t "$doc" README.md
    gzip -9n <CHANGELOG.md | install -D -m 644 /dev/stdin "$doc/changelog.gz"
    install -D -m 644 -t "$doc/docs" docs/*.md
    install -D -m 644 -t "$doc/schemas" schemas/*.yaml
    install -D -m 644 -t "$doc/schemas/events" schemas/events/*.json
    write_copyright | install -D -m 644 /dev/stdin "$doc/copyright"
    install_licences "$doc/licences"
}

# The form that Debian wants: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
write_copyright() {
    cat <<'END'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ConfigBus
Comment: The licences of what is linked into the program are in /usr/share/doc/configbus/licences.

Files: *
Copyright: 2026 The ConfigBus authors
License: Apache-2.0
 On Debian systems the text of this licence is in /usr/share/common-licenses/Apache-2.0.
END
}

# install_licences FOLDER: of the Swift packages in the program, and of Swift's own libraries.
install_licences() {
    local folder=$1 checkouts=.build/checkouts file
    [[ ! -d $package_folder/checkouts ]] || checkouts=$package_folder/checkouts
    for file in "$checkouts"/*/{LICENSE,NOTICE}{,.txt,.md}; do
        [[ ! -f $file ]] || install -D -m 644 -t "$folder/$(basename "$(dirname "$file")")" "$file"
    done
    file=$(dirname "$(command -v swift || echo /none)")/../share/swift/LICENSE.txt
    [[ ! -f $file ]] || install -D -m 644 -t "$folder/swift" "$file"
}

# make_archive TREE NAME: everything below one folder; `etc` and `usr` are to be copied to the root.
make_archive() {
    local tree=$1 name=$2
    cp LICENSE "$tree/LICENSE"
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        --transform "s,^\.,$name," --directory "$tree" . | gzip -9n >"$package_output/$name.tar.gz"
    rm "$tree/LICENSE"
}

# make_debian_package TREE PROGRAM VERSION ARCHITECTURE
make_debian_package() {
    local tree=$1 version=$3 architecture=$4
    mkdir -p "$tree/DEBIAN"
    write_control "$tree" "$version" "$architecture" >"$tree/DEBIAN/control"
    printf '%s\n' /etc/configbus/serve.yaml /etc/configbus/audit.env >"$tree/DEBIAN/conffiles"
    (cd "$tree" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    local script
    for script in postinst prerm postrm; do
        install -m 755 "scripts/lib/debian/$script" "$tree/DEBIAN/$script"
    done
    find "$tree" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
    fakeroot dpkg-deb --build -Zxz "$tree" "$package_output/configbus_${version}_$architecture.deb" >&2
}

# write_control TREE VERSION ARCHITECTURE: which Debian packages hold the libraries is what Debian's own tool says.
write_control() {
    local tree=$1 depends
    depends=$(library_packages "$tree/usr/bin/configbus")
    cat <<END
Package: configbus
Version: $2
Architecture: $3
Maintainer: The ConfigBus authors <configbus@localhost>
Installed-Size: $(du -sk --apparent-size "$tree/usr" | cut -f 1)
Depends: $depends
Recommends: ca-certificates
Section: admin
Priority: optional
Description: configuration over a message bus
 A registry keeps every version of every configuration document and announces
 each new one; watchers prove what they receive before they use it, reload
 without a restart and say what they did; an audit keeps a log that cannot be
 quietly changed.
END
}

# library_packages PROGRAM: `libc6 (>= 2.36), ...`
library_packages() {
    local work program
    program=$(realpath "$1")
    work=$(mktemp -d)
    mkdir "$work/debian"
    printf 'Source: configbus\n\nPackage: configbus\nArchitecture: any\nDescription: configbus\n' >"$work/debian/control"
    (cd "$work" && dpkg-shlibdeps -O -e"$program" 2>"$work/errors") | sed -n 's/^shlibs:Depends=//p' || {
        indented_tail "$work/errors"
        rm -rf "$work"
        fail "dpkg-shlibdeps does not know which packages $1 needs"
    }
    rm -rf "$work"
}
