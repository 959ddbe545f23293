#!/bin/sh
# Makes RBC Desktop known to the desktop of the current user: menu entry, icons, and .rbc files open by double click.
# Copies nothing but these small files: leave the program's folder where it is, and run this again after moving it.
# Usage: ./install.sh [PROGRAM]       PROGRAM is the rbc-desktop in the folder above this one unless named.
set -eu

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# Desktop Entry Specification, "The Exec key": what is special in double quotes gets a backslash, and then, as in
# every value, each backslash is doubled.
string_value() {
    printf '%s' "$1" | sed -e 's/\\/\\\\/g'
}

exec_value() {
    quoted=$(printf '%s' "$1" | sed -e 's/[\\"`$]/\\&/g')
    string_value "\"$quoted\""
}

desktop_entry() {
    while IFS= read -r line; do
        case $line in
            'Exec=@EXEC@ %F') printf 'Exec=%s %%F\n' "$(exec_value "$1")" ;;
            'TryExec=@TRY_EXEC@') printf 'TryExec=%s\n' "$(string_value "$1")" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

# Tools that refresh the desktop's caches; a desktop without one of them looks at the files itself.
refresh() {
    if command -v "$1" >/dev/null 2>&1; then
        "$@" >/dev/null 2>&1 || printf 'Note: %s did not succeed; log out and in again.\n' "$1" >&2
    fi
}

main() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    program=${1:-"$(dirname -- "$here")/rbc-desktop"}
    case $program in
        /*) ;;
        *) program=$(CDPATH='' cd -- "$(dirname -- "$program")" && pwd -P)/$(basename -- "$program") ;;
    esac
    if [ ! -f "$program" ] || [ ! -x "$program" ]; then
        fail "There is no program $program; name it: ./install.sh /folder/rbc-desktop"
    fi
    # The specification forbids =, and GLib does not find a program with a percent sign, doubled or not.
    case $program in
        *[=%]* | *'
'*) fail "A folder with =, % or a line break in its name can't be entered into the menu; rename it and run this again." ;;
    esac
    data=${XDG_DATA_HOME:-"$HOME/.local/share"}
    mkdir -p -- "$data/applications" "$data/mime/packages"
    desktop_entry "$program" <"$here/rbc-desktop.desktop" >"$data/applications/rbc-desktop.desktop.new"
    mv -f -- "$data/applications/rbc-desktop.desktop.new" "$data/applications/rbc-desktop.desktop"
    cp -f -- "$here/rbc-desktop.xml" "$data/mime/packages/rbc-desktop.xml"
    # One by one: cp -R would copy the modes of a read-only folder too, and fail the second time.
    (cd -- "$here/icons" && find hicolor -type f) | while IFS= read -r icon; do
        mkdir -p -- "$data/icons/$(dirname -- "$icon")"
        cp -f -- "$here/icons/$icon" "$data/icons/$icon"
    done
    refresh update-mime-database "$data/mime"
    refresh update-desktop-database "$data/applications"
    refresh gtk-update-icon-cache -q -t -f "$data/icons/hicolor"
    refresh xdg-mime default rbc-desktop.desktop application/x-rbc-case
    printf 'RBC Desktop is in the menu, and .rbc files open with it. To undo: %s\n' "$here/uninstall.sh"
}

# The test of the quoting calls the functions without installing.
if [ "${RBC_INSTALL_AS_LIBRARY:-}" != 1 ]; then
    main "$@"
fi
