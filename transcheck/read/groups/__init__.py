"""Which files are versions of one text, told without lists: by their names, folders, front matter or by patterns."""

from transcheck.read.groups.find import find_groups
from transcheck.read.groups.model import Group, Groups, Layout, Lone, Unsaved, unsaved_content
from transcheck.read.groups.reading import read_group, read_groups, why_alone
from transcheck.read.groups.walk import article_files, shown

__all__ = [
    "Group",
    "Groups",
    "Layout",
    "Lone",
    "Unsaved",
    "article_files",
    "find_groups",
    "read_group",
    "read_groups",
    "shown",
    "unsaved_content",
    "why_alone",
]
