"""Programs that measure and picture the site: bench, audit, pictures."""
