"""Keyword rules that find threats, responses and facts of a meeting in a text."""
