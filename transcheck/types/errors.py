"""Errors that a user can act on: what, where, and what to do."""

from __future__ import annotations


class TranscheckError(Exception):
    """Base of every error that the command line turns into exit code 2."""


class InputError(TranscheckError):
    """Something given to be checked cannot be read, decoded or compared."""


class ConfigError(TranscheckError):
    """An option or a configuration value is wrong."""


class ModelError(TranscheckError):
    """The encoder cannot be had or is broken."""
