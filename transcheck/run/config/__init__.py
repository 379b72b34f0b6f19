"""Settings, made once: defaults < file < environment < command line; each remembers where it came from."""

from transcheck.run.config.files import FILE_NAME, PYPROJECT, find_file
from transcheck.run.config.keys import KEYS, Key, keys
from transcheck.run.config.load import load_config
from transcheck.run.config.tree import Config, LanguageRules, Setting

__all__ = [
    "FILE_NAME",
    "KEYS",
    "PYPROJECT",
    "Config",
    "Key",
    "LanguageRules",
    "Setting",
    "find_file",
    "keys",
    "load_config",
]
