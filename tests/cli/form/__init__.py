"""Tests of the form on the own computer."""
