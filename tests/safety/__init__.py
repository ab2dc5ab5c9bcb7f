"""Tests of what strangers may try, and of what is given to a template engine."""
