"""What is wrong, and the cure."""
