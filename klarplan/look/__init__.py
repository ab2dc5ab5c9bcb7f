"""Colours, typeface, logo and codes: what pages and papers look like."""
