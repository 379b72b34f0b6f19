"""Writes the parts of docs/ that are made from the program itself, and runs the examples on its pages."""
