#!/usr/bin/env python3
"""Cuts the two icon fonts under assets/fonts and src/text/icons.rs out of Phosphor Icons.

Usage: pip install fonttools; npm pack @phosphor-icons/web; tar xzf phosphor-icons-web-*.tgz
       python3 scripts/icons.py package/src
Add a name to ICONS (any of https://phosphoricons.com), run it, run `cargo fmt`.
"""
import re
import sys
from fontTools import subset

ICONS = """
airplane-tilt arrow-bend-up-left arrow-clockwise arrow-counter-clockwise arrow-down arrow-elbow-down-left
arrow-elbow-down-right arrow-left arrow-right arrow-up arrows-clockwise arrows-in arrows-in-simple arrows-left-right
arrows-out arrows-out-simple bank bell book-open bookmark-simple brain bug buildings calendar calendar-blank camera
caret-down caret-left caret-right caret-up chart-bar chart-line chart-line-up chat chat-circle-dots chat-teardrop-text
chats check check-circle circle clipboard-text clock clock-counter-clockwise columns command copy cursor-click
dots-six-vertical dots-three dots-three-vertical download-simple envelope envelope-simple export eye eye-slash factory
file file-plus file-png file-pdf file-svg file-text floppy-disk flag flag-pennant folder-open frame-corners funnel gauge
gear globe graph grid-four hand hand-palm hand-pointing handshake hash headset heart house image images info instagram-logo
keyboard lightbulb lightning link list list-bullets list-checks lock lock-open magnifying-glass magnifying-glass-minus
magnifying-glass-plus map-pin map-trifold megaphone minus moon note note-pencil package palette paper-plane-tilt paste
path pencil-simple person phone plus plus-circle presentation presentation-chart push-pin question quotes robot rows scissors
seal-check seal-warning selection selection-all share-network shopping-bag shopping-cart shuffle sidebar-simple skip-forward
smiley smiley-meh smiley-sad sparkle speaker-high spinner stack star star-four steps storefront sun table tag target text-aa
text-align-left text-align-right text-t thumbs-up timer trash tray tree-structure truck user user-circle users users-three
warning warning-circle warning-octagon wheelchair wrench x x-circle diamond device-mobile desktop laptop
at credit-card receipt calendar-check identification-badge
""".split()


def main(src: str) -> None:
    css = open(f"{src}/regular/style.css").read()
    points = dict(re.findall(r"\.ph\.ph-([a-z0-9-]+):before\s*\{\s*content: \"\\([0-9a-f]+)\"", css))
    known = [name for name in ICONS if name in points]
    for name in sorted(set(ICONS) - set(known)):
        print(f"no such icon: {name}", file=sys.stderr)
    unicodes = ",".join(f"U+{points[name]}" for name in known)
    for weight, file in (("regular/Phosphor.ttf", "Icons-Regular.ttf"), ("fill/Phosphor-Fill.ttf", "Icons-Fill.ttf")):
        subset.main([f"{src}/{weight}", f"--unicodes={unicodes}", f"--output-file=assets/fonts/{file}",
                     "--layout-features=", "--name-IDs=*"])
    with open("src/text/icons.rs", "w") as out:
        out.write("//! Code points of the bundled icons. Made by `scripts/icons.py`; the names are Phosphor's.\n\n")
        for name in sorted(set(known)):
            out.write(f"/// `{name}`.\npub const {name.replace('-', '_').upper()}: char = '\\u{{{points[name]}}}';\n")


main(sys.argv[1])
