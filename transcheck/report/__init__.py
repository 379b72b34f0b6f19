"""One renderer a format: each turns a report into text, bytes or a table, and none of them prints."""
