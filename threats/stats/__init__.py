"""Tables in, tables out: every function takes a narrowed dataset and returns a new tidy table."""
