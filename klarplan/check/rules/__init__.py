"""The rules of ``klarplan check``: one module per topic, one function per rule."""
