#!/bin/sh
# Takes RBC Desktop out of the current user's menu and file types again. Cases, settings and the program stay.
set -eu

data=${XDG_DATA_HOME:-"$HOME/.local/share"}
config=${XDG_CONFIG_HOME:-"$HOME/.config"}

rm -f -- "$data/applications/rbc-desktop.desktop" "$data/mime/packages/rbc-desktop.xml"
for size in 16x16 24x24 32x32 48x48 64x64 128x128 256x256 512x512 scalable; do
    rm -f -- "$data/icons/hicolor/$size/apps/rbc-desktop".* \
        "$data/icons/hicolor/$size/mimetypes/application-x-rbc-case".*
done

# Also the line by which xdg-mime made it the default program of its files.
for list in "$config/mimeapps.list" "$data/applications/mimeapps.list"; do
    if [ -f "$list" ]; then
        kept=$(sed -e '/^application\/x-rbc-case=rbc-desktop\.desktop;*$/d' "$list")
        printf '%s\n' "$kept" >"$list"
    fi
done

refresh() {
    if command -v "$1" >/dev/null 2>&1; then
        "$@" >/dev/null 2>&1 || printf 'Note: %s did not succeed; log out and in again.\n' "$1" >&2
    fi
}
if [ -d "$data/mime" ]; then refresh update-mime-database "$data/mime"; fi
if [ -d "$data/applications" ]; then refresh update-desktop-database "$data/applications"; fi
if [ -d "$data/icons/hicolor" ]; then refresh gtk-update-icon-cache -q -t -f "$data/icons/hicolor"; fi
printf 'RBC Desktop is no longer in the menu. The program itself can be deleted with its folder.\n'
