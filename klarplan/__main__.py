"""The command ``klarplan``, also called as ``python -m klarplan``.

It can be ended from its first moment on, before all that it needs is loaded.
"""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    # Python looks into the working folder first, where a stranger's yaml.py may lie.
    sys.path.append(sys.path.pop(0))

from klarplan.processes import Over, collect_seldom, end_by_signals, no_longer_ended


def run() -> None:
    """Load the command line and run it; the exit code is that of ``klarplan.cli.main``."""
    end_by_signals()
    try:
        collect_seldom()
        from klarplan.cli import main  # noqa: PLC0415 - takes long

        main()
    except KeyboardInterrupt:
        Over.yes = True
        english = "en" in sys.argv or "--lang=en" in sys.argv
        print("Interrupted." if english else "Abgebrochen.", file=sys.stderr)
        sys.exit(1)
    finally:
        Over.yes = True
        no_longer_ended()


if __name__ == "__main__":
    run()
