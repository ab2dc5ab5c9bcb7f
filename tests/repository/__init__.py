"""Tests of the repository as a whole: its documents, set-up, versions and package."""
