"""What a reader can look at: a narrowed dataset in, a ``Chart`` or a table out."""
