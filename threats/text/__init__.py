"""What a reader reads."""
