"""Tests of what stands in the room of this name."""
