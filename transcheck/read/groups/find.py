"""From files to groups: what front matter says first, then patterns and the known layouts, the fullest group first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from transcheck.read.articles import SUFFIXES
from transcheck.read.bilingual import is_bilingual
from transcheck.read.front import Front, read_front
from transcheck.read.groups.layouts import Claim, Kind, by_pattern, claims, open_keys, removed
from transcheck.read.groups.links import Links
from transcheck.read.groups.model import Group, Groups, Layout, Lone, Unsaved, unsaved_content
from transcheck.read.groups.telling import language_of_text
from transcheck.read.groups.walk import Collected, File
from transcheck.read.records import Failure, is_table
from transcheck.types import LANGS, InputError, Lang

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A file that may be a version: its front matter, and what its path says, the likeliest reading first."""

    file: File
    front: Front
    claims: tuple[Claim, ...]

    @property
    def lang(self) -> Lang | None:
        """The language that its front matter or its path tells; a name with a hyphen may mean something else."""
        return self.front.lang or next((c.lang for c in self.claims if c.lang and c.kind != "marked"), None)


@dataclass(slots=True)
class Draft:
    """A group being made: its versions, why, and the first of two versions in one language, if there are two."""

    id: str
    layout: str
    texts: dict[Lang, Text] = field(default_factory=dict)
    clash: tuple[Lang, Text, Text] | None = None

    def add(self, lang: Lang, text: Text) -> None:
        """Put a version in; a second one in its language is remembered as a clash."""
        known = self.texts.setdefault(lang, text)
        if known is not text and self.clash is None:
            self.clash = (lang, known, text)


def find_groups(
    paths: Sequence[Path],
    layout: Layout | None = None,
    unsaved: Unsaved | None = None,
    *,
    empty: bool = False,
) -> Groups:
    """Find the groups to which the files and the folders' files belong; each is listed once, ordered by path.

    A file stands for its whole group, wherever its versions lie below the root; without a root its versions are looked
    for beside it and in the folders of other languages. Hidden files, what git ignores and what is excluded are left
    out. ``unsaved`` gives the content of files that is not, or not yet, what the disk has.

    Raises:
        InputError: nothing to check was found at all, unless it may be ``empty``.
    """
    layout, unsaved = layout or Layout(), unsaved or {}
    collected = Collected(layout, unsaved)
    problems = [Failure(str(p), f"{p}: no such file or folder; check the name") for p in paths if not collected.add(p)]
    collected.add_root()
    texts, tables = _sorted(collected.files, layout, unsaved, problems)
    finder = _Finder(texts, unsaved)
    drafts = [d for d in finder.drafts() if any(t.file.given != "around" for t in d.texts.values())]
    problems += [Failure(d.id, _two_in_one(d), _clashing(d)) for d in drafts if d.clash]
    groups = _named([d for d in drafts if not d.clash])
    rest = [t for t in finder.alone() if t.file.given != "around"]
    lone = tuple(
        Lone(t.file.path, t.lang, t.file.given == "named", _identity(t))
        for t in rest
        if t.lang or t.file.given == "named"
    )
    untold = tuple(t.file.path for t in rest if not t.lang and t.file.given == "met")
    found = Groups(groups, tables, lone, untold, tuple(collected.excluded), tuple(problems))
    if not (empty or groups or tables or lone or problems or collected.excluded):
        names = ", ".join(str(p) for p in paths) or "nothing"
        raise InputError(f"{names}: no texts found; name them NAME.ru.md, NAME.uk.md, NAME.en.md (or .txt)")
    return found


def _sorted(
    files: Sequence[File], layout: Layout, unsaved: Unsaved, problems: list[Failure]
) -> tuple[list[Text], tuple[Path, ...]]:
    """Part the files into texts and tables; what cannot be told of a text becomes a problem."""
    texts: list[Text] = []
    tables: list[Path] = []
    for file in files:
        suffix = file.path.suffix.lower()
        by = by_pattern(file.rel, layout.patterns)
        if is_bilingual(file.path) or is_table(file.path):
            met = suffix != ".pot" and is_bilingual(file.path) and layout.auto
            if file.given == "named" or (file.given == "met" and (met or by is not None)):
                tables.append(file.path)
        elif suffix in SUFFIXES or file.given == "named":
            if by is None and not layout.auto and file.given != "named":
                continue
            try:
                front = read_front(file.path, unsaved_content(unsaved, file.path))
            except InputError as error:
                front = Front()
                if file.given != "around":
                    problems.append(Failure(file.rel, str(error), (file.path,)))
            known = sorted(claims(file.rel), key=lambda c: c.rank) if layout.auto and by is None else ()
            texts.append(Text(file, front, (by,) if by is not None else tuple(known)))
    return texts, tuple(tables)


class _Finder:
    """Puts texts into groups; what front matter says goes before what names say."""

    def __init__(self, texts: Sequence[Text], unsaved: Unsaved) -> None:
        self._texts = texts
        self._unsaved = unsaved
        self._placed: dict[str, Draft] = {}
        self._drafts: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Return the groups, those with a clash among them."""
        links = Links(self._texts)
        for key, texts in links.keyed():
            self._place(Draft(key, "front matter"), ((self._told(t), t) for t in texts))
        self._by_paths([t for t in self._texts if not self._done(t) and links.original(t) is None])
        for text in self._texts:
            original = links.original(text)
            if original is not None and not self._done(text):
                self._join_original(text, original)
        self._join_leftovers()
        return self._drafts

    def alone(self) -> list[Text]:
        """Return the texts that are in no group."""
        return [t for t in self._texts if not self._done(t)]

    def _done(self, text: Text) -> bool:
        return text.file.rel in self._placed

    def _told(self, text: Text) -> Lang | None:
        """Return the language that front matter, the path or the text itself tells."""
        return text.lang or self._read(text)

    def _read(self, text: Text) -> Lang | None:
        return text.front.lang or language_of_text(text.file.path, unsaved_content(self._unsaved, text.file.path))

    def _place(self, draft: Draft, members: Iterable[tuple[Lang | None, Text]]) -> None:
        """Keep a draft that has two versions; its texts are then in a group."""
        for lang, text in members:
            if lang is not None:
                draft.add(lang, text)
        if len(draft.texts) < 2 and draft.clash is None:
            return
        self._drafts.append(draft)
        clashing = draft.clash[1:] if draft.clash else ()
        self._placed |= dict.fromkeys((t.file.rel for t in (*draft.texts.values(), *clashing)), draft)

    def _by_paths(self, texts: Sequence[Text]) -> None:
        """Make groups of texts by their readings, the one that brings most languages together first."""
        members: dict[tuple[Kind, Key], list[tuple[Claim, Text]]] = defaultdict(list)
        for text in texts:
            for claim in text.claims:
                members[claim.kind, claim.key].append((claim, text))
        bare = self._bare(texts, members)

        def weight(item: tuple[Kind, Key]) -> tuple[int, tuple[int, int], Key]:
            langs = {t.front.lang or c.lang for c, t in members[item]}
            return -len(langs) - (item in bare), members[item][0][0].rank, item[1]

        for item in sorted(members, key=weight):
            self._by_path(item[0], [m for m in members[item] if not self._done(m[1])], bare.get(item))

    def _by_path(self, kind: Kind, members: Sequence[tuple[Claim, Text]], bare: Text | None) -> None:
        """Make the group of one reading; ``bare`` is the version in the default language, which no name tells."""
        if not members:
            return
        told = [(t.front.lang or c.lang or self._read(t), t) for c, t in members]
        if kind == "marked":
            read = [(lang, self._read(t), t) for lang, t in told]
            told = [(lang, t) for lang, found, t in read if found == lang or (found is None and len(read) > 1)]
        if bare is not None and not self._done(bare):
            lang = self._read(bare)
            if lang and lang not in {known for known, _ in told}:
                told.append((lang, bare))
        first = min(members, key=lambda m: m[1].file.rel)[0]
        self._place(Draft(first.id, first.layout), told)

    def _bare(
        self, texts: Sequence[Text], members: Mapping[tuple[Kind, Key], list[tuple[Claim, Text]]]
    ) -> dict[tuple[Kind, Key], Text]:
        """Return for each reading the text without a language that may be its version in the default language."""
        folders: dict[str, list[tuple[Kind, Key]]] = defaultdict(list)
        for kind, key in members:
            if kind == "folder":
                folders[removed(key[0])].append((kind, key))
        found: dict[tuple[Kind, Key], Text] = {}
        for text in texts:
            if any(c.kind != "marked" for c in text.claims):
                continue
            for item in (*open_keys(text.file.rel), *folders.get(text.file.rel, ())):
                if item in members:
                    found.setdefault(item, text)
        return found

    def _join_original(self, text: Text, original: Text) -> None:
        """Put a text into the group of the one that it says it is a version of."""
        lang = self._told(text)
        draft = self._placed.get(original.file.rel)
        if draft is not None:
            if lang is not None:
                draft.add(lang, text)
                self._placed[text.file.rel] = draft
            return
        if original is not text:
            self._place(Draft(_identity(original), "front matter"), [(self._told(original), original), (lang, text)])

    def _join_leftovers(self) -> None:
        """Put texts whose path reads like that of a member of a group, in a language that the group lacks, into it."""
        if not any(d.layout == "front matter" for d in self._drafts):
            return
        by_key = {
            (c.kind, c.key): d
            for d in self._drafts
            if d.layout == "front matter"
            for t in d.texts.values()
            for c in t.claims
        }
        for text in self.alone():
            for claim in text.claims:
                draft = by_key.get((claim.kind, claim.key))
                if draft is not None and claim.lang and claim.lang not in draft.texts:
                    draft.add(claim.lang, text)
                    self._placed[text.file.rel] = draft
                    break


def _identity(text: Text) -> str:
    """Return the path of a text without language and suffix."""
    return text.claims[0].id if text.claims else str(Path(text.file.rel).with_suffix("").as_posix())


def _clashing(draft: Draft) -> tuple[Path, ...]:
    """Return the files of two versions in one language."""
    return tuple(text.file.path for text in draft.clash[1:]) if draft.clash else ()


def _two_in_one(draft: Draft) -> str:
    """Return the message for two versions in one language."""
    assert draft.clash is not None
    lang, first, second = draft.clash
    said = next((t for t in (second, first) if t.front.lang and t.front.lang not in {c.lang for c in t.claims}), None)
    why = f" (the front matter of {said.file.path} says {said.front.lang})" if said else ""
    return (
        f"{second.file.path} and {first.file.path} are both the {lang} version of one text{why}; "
        "rename, remove or exclude one of them"
    )


def _named(drafts: Sequence[Draft]) -> tuple[Group, ...]:
    """Return the groups ordered by path; where two would have one id, the suffix, then the first path, tells them
    apart."""
    taken: dict[str, int] = defaultdict(int)
    for draft in drafts:
        taken[draft.id] += 1
    out = []
    for draft in sorted(drafts, key=lambda d: next(iter(sorted(t.file.rel for t in d.texts.values()))).split("/")):
        first = next(draft.texts[lang] for lang in LANGS if lang in draft.texts)
        identity = draft.id
        if taken[identity] > 1:
            identity += first.file.path.suffix
            taken[identity] += 1
            if taken[identity] > 1:
                identity = first.file.rel
        files = tuple((lang, draft.texts[lang].file.path) for lang in LANGS if lang in draft.texts)
        out.append(Group(identity, files, draft.layout))
    return tuple(out)
