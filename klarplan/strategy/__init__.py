"""What is read, typed, and follows on a day."""
