# Builds the program, says how far it is, and takes the symbols out. Sourced, never run; needs common.sh.
# shellcheck shell=bash

# Where the program is without its symbols: what `swift build` made stays as it is, or it would be linked again every time.
stripped_folder=.build/stripped

# build_release: leaves the program in $stripped_folder, its symbols beside it.
build_release() {
    compile_release
    strip_program .build/release/configbus "$stripped_folder"
}

# compile_release [OPTION]...: the options go to `swift build`.
compile_release() {
    local log command=(swift build -c release --product configbus "$@")
    log=$(mktemp)
    say "building the release: the first time, packages are fetched and everything is compiled, which takes some minutes"
    if ! "${command[@]}" 2>&1 | show_progress "$log"; then
        indented_tail "$log"
        rm -f "$log"
        fail "the release could not be built" "what the compiler said is above; try by hand: ${command[*]}"
    fi
    rm -f "$log"
}

# After so many seconds without a line, where there is no terminal, the last one is said again.
progress_seconds=10

# show_progress LOG: reads what `swift build` says, keeps it in LOG and shows how far it is: on a terminal in one line that
# changes, otherwise in a line for each package that is fetched and one every few seconds.
show_progress() {
    local log=$1 line='' piece text='' start=$SECONDS shown=$SECONDS new ended=
    while [[ -z $ended ]]; do
        new=
        if IFS= read -r -t 1 piece; then
            line+=$piece
            printf '%s\n' "$line" >>"$log"
            new=$(progress_text "$line")
            line=
        elif (($? > 128)); then
            line+=$piece # The rest of the line has not come yet.
        else
            [[ -z $line$piece ]] || printf '%s\n' "$line$piece" >>"$log"
            ended=yes
        fi
        [[ -z $new ]] || text=$new
        if [[ -t 2 ]]; then
            [[ -z $text ]] || printf '\r\033[K%.*s' "$((${COLUMNS:-80} - 1))" "$text ($((SECONDS - start)) s)" >&2
        elif [[ -n $new && $new == fetching* && $new != *' of '* ]] || { [[ -n $text ]] && ((SECONDS - shown >= progress_seconds)); }; then
            say "$text ($((SECONDS - start)) s)"
            shown=$SECONDS
        fi
    done
    if [[ -t 2 && -n $text ]]; then printf '\r\033[K' >&2; fi
}

# progress_text LINE: what a line of `swift build` says about how far it is; nothing for all other lines.
progress_text() {
    local step='^\[([0-9]+)/([0-9]+)\] +([A-Za-z]+) +([^ ]+)'
    if [[ $1 =~ $step ]]; then
        local verb=${BASH_REMATCH[3],,}
        [[ $verb != write ]] || return 0
        if [[ $verb == fetching ]]; then
            printf 'fetching %s: %s of %s' "${BASH_REMATCH[4]##*/}" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}"
        else
            printf 'step %s of %s: %s %s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "$verb" "${BASH_REMATCH[4]##*/}"
        fi
    elif [[ $1 =~ ^Fetching\ (https?://[^ ]+) ]]; then
        local package=${BASH_REMATCH[1]##*/}
        printf 'fetching %s' "${package%.git}"
    fi
}

# strip_program PROGRAM FOLDER: puts the program there without its symbols, which debuggers find beside it in `.debug`.
strip_program() {
    local program folder=$2 name=${1##*/} tool
    program=$(realpath "$1")
    [[ ! $folder/$name -nt $program ]] || return 0
    mkdir -p "$folder"
    for tool in objcopy llvm-objcopy; do
        command -v "$tool" >/dev/null || continue
        "$tool" --only-keep-debug "$program" "$folder/$name.debug"
        (cd "$folder" && "$tool" --strip-all "--add-gnu-debuglink=$name.debug" "$program" "$name")
        return
    done
    say "note: there is no objcopy (Debian: binutils), so the program keeps its symbols and is large"
    cp "$program" "$folder/$name"
}
