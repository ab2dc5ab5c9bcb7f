"""A page as it is read, checked and written, and its address."""
