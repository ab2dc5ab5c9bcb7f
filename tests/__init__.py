"""Tests of Klarplan: run them with ``make test``."""
