"""A folder of CSV files, checked and loaded."""
