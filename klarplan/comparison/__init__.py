"""What a change means: two states of a strategy, compared as strategies and told in sentences."""
