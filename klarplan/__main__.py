"""``python -m klarplan`` is the command ``klarplan``."""

from klarplan.cli import main

main()
