"""The command line: one thin module a command, and nothing that is slow to import before a command runs."""
