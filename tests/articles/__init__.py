"""Tests of the article that papers and others read."""
