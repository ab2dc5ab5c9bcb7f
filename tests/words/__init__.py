"""Tests of the words that site and papers say."""
