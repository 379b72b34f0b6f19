"""Bytes to documents: text, Markdown, tables, and groups of files that lie beside each other."""
