"""Taking a newer version of the engine: where it comes from, what it replaces, what it brings."""
