"""What keeps a dataset current: pages collected, read again, reviewed and released."""
