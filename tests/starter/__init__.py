"""What a new strategy begins with."""
