"""Editing without git: what goes out to people who write, and what comes back from them."""
