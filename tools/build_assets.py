"""Take the design system's styles and scripts from node_modules and make them fit for a landlord.

GOV.UK's fonts, crest and crown are for GOV.UK only, so they are stripped and the build fails if any is left. Run it
after `npm ci`; it takes well under a second, and running it again changes nothing.

    python tools/build_assets.py
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
OWN = ROOT / "src" / "hearth" / "ui" / "assets"
OUT = ROOT / "src" / "hearth" / "ui" / "static" / "hearth"

FONT_STACK = "Arial,Helvetica,sans-serif"
# What may not appear in anything that a landlord serves.
FORBIDDEN = ("gds transport", "crest", "crown", "govuk-icon", "@font-face", "margaret calvert", "/assets/")


def plain_css(css: str) -> str:
    """The stock style sheet without GDS Transport, crest, crown and source map."""
    css = re.sub(r"/\*!? ?Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r'"?GDS Transport"?,arial,sans-serif', FONT_STACK, css)
    # The footer's crest, first inside its @supports, then alone; then the crown's own rule.
    css = re.sub(r"@supports [^{]*\{(?:[^{}]*copyright-logo[^{}]*\{[^{}]*\})+\}", "", css)
    css = re.sub(r"[^{}]*(?:copyright-logo|footer__crown)[^{}]*\{[^{}]*\}", "", css)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)


def check(name: str, text: str) -> None:
    """Refuse a file that still carries GOV.UK's branding."""
    left = [word for word in FORBIDDEN if word in text.lower()]
    if left:
        raise SystemExit(f"{name} still carries branding that only GOV.UK may use: {', '.join(left)}")


def write(name: str, text: str) -> None:
    """Write a file only where it changed, so that a second run touches nothing."""
    target = OUT / name
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")


def build() -> list[str]:
    """Fill the static folder; the names of what lies there afterwards."""
    OUT.mkdir(parents=True, exist_ok=True)
    css = plain_css((PACKAGE / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    check("govuk.css", css)
    write("govuk.css", css)
    script = (PACKAGE / "govuk-frontend.min.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    write("govuk.js", script)
    for source in sorted(OWN.iterdir()):
        text = source.read_text(encoding="utf-8")
        check(source.name, text)
        write(source.name, text)
    wanted = {"govuk.css", "govuk.js", *(source.name for source in OWN.iterdir())}
    for stale in OUT.iterdir():
        if stale.name not in wanted:
            shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
    return sorted(wanted)


def main() -> int:
    """Build, and say what was built."""
    if not PACKAGE.is_dir():
        print("The design system is not installed yet: run `npm ci --ignore-scripts` first.", file=sys.stderr)
        return 1
    print("Built " + ", ".join(build()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
