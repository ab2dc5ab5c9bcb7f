"""What portals and readers fetch."""
