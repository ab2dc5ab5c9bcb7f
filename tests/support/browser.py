"""The browser of the tests: which one there is, how to start it, and how to get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PLAYWRIGHT = (sys.executable, "-m", "playwright")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


def installed_browser() -> Path | None:
    """The Chromium or Chrome of this machine; ``KLARPLAN_BROWSER`` names another one."""
    if named := os.environ.get("KLARPLAN_BROWSER"):
        return Path(named)
    for name in (*NAMES, str(MAC)):
        if (found := shutil.which(name)) and _starts(Path(found)):
            return Path(found)
    downloaded = _playwright_browser()
    return downloaded if _starts(downloaded) else None


def launch_options() -> dict[str, Any]:
    """Arguments for ``playwright.chromium.launch``: no window, no request of the browser's own."""
    browser = installed_browser()
    if browser is None:
        raise FileNotFoundError("Kein Browser gefunden. Führen Sie aus: make browser")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return {"executable_path": str(browser), "headless": True, "args": [*QUIET, *sandbox]}


def ready() -> bool:
    """Whether tests can drive a browser: there is one, and Playwright's driver runs."""
    return _runs([*PLAYWRIGHT, "--version"]) and installed_browser() is not None


def install_browser() -> None:
    """Install Chromium as a system package where that is allowed, else Playwright's own."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and _runs([*root, "true"]):
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        # The library is what Playwright's driver needs, the typeface what pages show before theirs.
        packages = ["chromium", "libatomic1", "fonts-liberation"]
        _runs([*apt, "update"], loud=True)
        _runs([*apt, "install", "--yes", "--no-install-recommends", *packages], loud=True)
    if not ready():
        _runs([*PLAYWRIGHT, "install", "chromium"], loud=True)


def has_arial() -> bool:
    """Whether the machine has Arial or a typeface of its widths."""
    fontconfig = shutil.which("fc-match")
    if fontconfig is None:
        return sys.platform != "linux"
    found = subprocess.run([fontconfig, "Arial"], capture_output=True, text=True, check=False)
    return any(name in found.stdout for name in ("Arial", "Liberation", "Arimo", "Helvetica"))


def main() -> int:
    """Make sure that tests can drive a browser; 0 if they can, else 1 with a message."""
    if not ready() or not has_arial():
        print("Für die Prüfungen wird ein Browser eingerichtet …", flush=True)
        install_browser()
    if ready():
        return 0
    print(
        "Es ließ sich kein Browser einrichten.\n"
        "Installieren Sie Chromium oder Chrome, oder nennen Sie den Pfad eines Browsers: "
        "make test KLARPLAN_BROWSER=/pfad/zu/chromium",
        file=sys.stderr,
    )
    return 1


def _playwright_browser() -> Path:
    """Where Playwright puts its own browser, whether or not it is there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (slow, and seldom needed)

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _starts(path: Path) -> bool:
    """Whether the file is a browser that runs; Ubuntu's is a stub that asks for snap."""
    return _runs([str(path), "--version"])


def _runs(command: list[str], *, loud: bool = False) -> bool:
    """Whether a command ends well within 15 minutes; if not, a loud one shows its errors."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    except (OSError, subprocess.TimeoutExpired) as error:
        failure = str(error)
    else:
        failure = f"{done.returncode}: {done.stderr}" if done.returncode else ""
    if failure and loud:
        print(failure, file=sys.stderr)
    return not failure


class Pages:
    """The pages of a browser, by their options: those of the same options share what was fetched.

    A page that a test closes is emptied and given to the next one, unless something of the test
    might stay with it: a listener, an answer in place of the server's, another size or medium.
    """

    LASTING = ("on", "once", "route", "add_init_script", "emulate_media", "set_viewport_size")

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._free: defaultdict[str, list[Page]] = defaultdict(list)

    def new_page(self, **options: Any) -> Page:
        """An empty page with these options, as ``Browser.new_context`` takes them."""
        key = repr(sorted(options.items()))
        if key not in self._contexts:
            self._contexts[key] = self._browser.new_context(**options)
        free = self._free[key]
        page = free.pop() if free else self._contexts[key].new_page()
        for name in (*self.LASTING, "close"):
            vars(page).pop(name, None)
        really_close, marked = page.close, set[str]()

        def noted(name: str) -> Callable[..., Any]:
            method = getattr(page, name)

            def call(*arguments: Any, **named: Any) -> Any:
                marked.add(name)
                return method(*arguments, **named)

            return call

        def close() -> None:
            if marked:
                really_close()
            else:
                page.goto("about:blank")
                free.append(page)

        for name in self.LASTING:
            setattr(page, name, noted(name))
        page.close = close  # type: ignore[method-assign, assignment]
        return page


if __name__ == "__main__":
    sys.exit(main())
