#!/usr/bin/env bash
# Puts the entry in menus, the icons, the file type and the description of Rihla where a desktop looks for them:
# below ~/.local/share, or below the folder that is named. `cargo install` brings only the program.
set -euo pipefail

share=$(realpath -m "${1:-${XDG_DATA_HOME:-$HOME/.local/share}}")
cd "$(dirname "${BASH_SOURCE[0]}")/../assets/desktop"
id=org.rihla.Rihla

install -Dm644 "$id.desktop" "$share/applications/$id.desktop"
install -Dm644 "$id.xml" "$share/mime/packages/$id.xml"
install -Dm644 "$id.metainfo.xml" "$share/metainfo/$id.metainfo.xml"
install -Dm644 rihla.svg "$share/icons/hicolor/scalable/apps/$id.svg"
for icon in icons/*.png; do
  size=$(basename "$icon" .png)
  install -Dm644 "$icon" "$share/icons/hicolor/${size}x$size/apps/$id.png"
done

# A package leaves these to the system's triggers.
if [ $# = 0 ]; then
  ! command -v update-desktop-database >/dev/null || update-desktop-database "$share/applications"
  ! command -v update-mime-database >/dev/null || update-mime-database "$share/mime"
  ! command -v gtk-update-icon-cache >/dev/null || gtk-update-icon-cache -qtf "$share/icons/hicolor" || true
  echo "Rihla is in the menus, and opens its maps from the file manager."
fi
