"""The command ``threats``."""
