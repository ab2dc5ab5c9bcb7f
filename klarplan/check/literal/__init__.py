"""Markdown that readers would see as it was typed, or that hides what was written."""
