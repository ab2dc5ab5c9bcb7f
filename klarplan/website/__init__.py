"""From baked pages to the website."""
