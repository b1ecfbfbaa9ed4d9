"""Open an address in the learner's browser."""

from __future__ import annotations

import os
import sys


def browse(url: str) -> bool:
    """Open *url* in a browser and return whether there is one; text browsers do not count."""
    graphical = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    if not graphical or not url.startswith(("https://", "http://")):
        return False
    import webbrowser

    try:
        return webbrowser.open(url)
    except (webbrowser.Error, OSError):
        return False
