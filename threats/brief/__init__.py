"""The meeting brief."""
