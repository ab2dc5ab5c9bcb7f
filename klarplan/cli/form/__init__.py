"""The form on the own computer: who is answered, with which page."""
