#!/usr/bin/env bash
# Builds target/deb/rihla_VERSION_ARCH.deb. It needs cargo and dpkg-deb, nothing else.
# `scripts/deb.sh BINARY` packs a program that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# = 0 ]; then
  cargo build --release --locked
fi
binary=${1:-target/release/rihla}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
arch=$(dpkg --print-architecture)
root=target/deb/root
rm -rf "$root"
mkdir -p "$root/DEBIAN"

install -Dm755 "$binary" "$root/usr/bin/rihla"
strip --strip-unneeded "$root/usr/bin/rihla" 2>/dev/null || true
scripts/install-desktop.sh "$root/usr/share"
doc=$root/usr/share/doc/rihla
install -Dm644 README.md "$doc/README.md"
gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
chmod 644 "$doc/changelog.gz"
{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\n'
  printf 'Copyright: The Rihla authors\nLicense: MIT or Apache-2.0\n\n'
  cat LICENSE-MIT
  printf '\nThe Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0.\n\n'
  for licence in assets/fonts/*LICENSE* assets/fonts/*OFL*; do
    [ ! -f "$licence" ] || { printf '%s:\n\n' "$(basename "$licence")"; cat "$licence"; echo; }
  done
} >"$doc/copyright"
mkdir -p "$doc/examples"
cp -r examples/*.ron examples/*.csv examples/*.assets "$doc/examples/"

# The newest symbols of the C library that the program names; everything else is opened when it starts.
libc=$(grep -ao 'GLIBC_2\.[0-9]*' "$binary" | sort -Vu | tail -1 | cut -d_ -f2)
cat >"$root/DEBIAN/control" <<CONTROL
Package: rihla
Version: $version
Architecture: $arch
Maintainer: The Rihla authors <rihla@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Section: graphics
Priority: optional
Depends: libc6 (>= $libc), libgcc-s1, libegl1, libgl1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon0, libxkbcommon-x11-0
Recommends: xdg-desktop-portal | zenity, libwayland-client0, libwayland-egl1, libgl1-mesa-dri, shared-mime-info
Description: editor for customer-journey maps
 Stages and steps across, lanes down, touchpoints in the cells, an emotion curve
 through them, and pain points, delights and opportunities on them. Pictures as
 PNG, SVG and PDF; maps as plain text files; every script, in both directions.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
chmod 644 "$root/DEBIAN/md5sums" "$root/DEBIAN/control"
deb=target/deb/rihla_${version}_$arch.deb
dpkg-deb --root-owner-group --build "$root" "$deb"
