"""The dashboard as a folder of plain files."""
