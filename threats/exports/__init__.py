"""What a reader sees, as files that name their source."""
