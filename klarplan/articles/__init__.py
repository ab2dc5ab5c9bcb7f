"""The built article, read once: for papers and whoever needs a page as it is."""
