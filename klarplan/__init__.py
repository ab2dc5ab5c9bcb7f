"""Klarplan publishes a municipality's strategy as website, PDF and open data."""

__version__ = "0.1.0"
