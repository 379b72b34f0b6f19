"""Files that are checked together, by as many processes as there are cores, and not at all where nothing changed.

Reports come in the order of the parts and depend on no number of processes: every part is checked by itself.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.encode import FAST, Deferred
from transcheck.encode.cache import Caching
from transcheck.encode.revision import PACKAGED
from transcheck.run.cache import Cache, part_key
from transcheck.run.codec import from_bytes, to_bytes
from transcheck.run.parts import Part
from transcheck.types import NO_TERMS, DocumentReport, Encoder, Termbase

if TYPE_CHECKING:
    from concurrent.futures import Future

_FEW = 8
"""Parts for each process up to which starting it costs more than it saves."""

_CHUNK = 4
"""Parts that a process takes at once."""


@dataclass(frozen=True, slots=True)
class Means:
    """What parts are checked with: what is known from earlier runs, and the number of processes that may work."""

    cache: Cache | None = None
    processes: int = 1


def check_parts(
    parts: Sequence[Part],
    encoder: Encoder,
    means: Means | None = None,
    on_progress: Callable[[], None] | None = None,
    termbase: Termbase = NO_TERMS,
) -> Iterator[tuple[DocumentReport, ...]]:
    """Yield the reports of each part, in order; the model is not loaded where the cache has all of them.

    With one process, or few parts to check, everything is done in this one, as it is without ``means``. An encoder that
    is not ``Deferred`` cannot be told from another one, nor be had by other processes: nothing is taken from the cache
    then, or shared.

    Raises:
        ModelError: when the model is needed and cannot be had; nothing has been checked then.
    """
    if not isinstance(encoder, Deferred):
        for part in parts:
            yield _make(_Task(part, None), encoder, termbase).reports
            if on_progress is not None:
                on_progress()
        return
    cache, processes = (means.cache, means.processes) if means else (None, 1)
    contents = [part.contents() if cache is not None else None for part in parts]
    keys = [
        part_key(encoder, (*p.about, termbase.digest), c) if c else b"" for p, c in zip(parts, contents, strict=True)
    ]
    known = cache.get([k for k in keys if k]) if cache is not None else {}
    open_ = [i for i, key in enumerate(keys) if key not in known]
    fresh = _fresh([_Task(parts[i], contents[i]) for i in open_], encoder, cache, processes, termbase)
    for key in keys:
        if key in known:
            yield known[key]
        else:
            made = next(fresh)
            if cache is not None and key and made.stable:
                cache.put(key, made.blob or to_bytes(made.reports))
            yield from_bytes(made.blob) if made.blob else made.reports
        if on_progress is not None:
            on_progress()


@dataclass(frozen=True, slots=True)
class _Task:
    """A part and what its files held when they were looked up in the cache."""

    part: Part
    contents: tuple[tuple[str, str, str], ...] | None


@dataclass(frozen=True, slots=True)
class _Made:
    """What was found: reports, or ``blob``, the same as bytes, from another process.

    ``stable``: the files were the same before and after, so what was found is about the content that the key names.
    """

    reports: tuple[DocumentReport, ...]
    stable: bool
    blob: bytes = b""


def _fresh(
    tasks: Sequence[_Task], encoder: Deferred, cache: Cache | None, processes: int, termbase: Termbase
) -> Iterator[_Made]:
    """Check parts, in order."""
    # another model may be gigabytes, and has threads of its own
    processes = min(processes, len(tasks) // _FEW) if encoder.model in PACKAGED else 1
    done = 0
    if processes > 1:
        from concurrent.futures.process import BrokenProcessPool

        try:
            for made in _by_others(tasks, encoder.model, cache, processes, termbase):
                yield made
                done += 1
        except BrokenProcessPool:
            # A process was killed, most likely for want of memory: go on in this one, which needs less.
            processes = 1
    if done < len(tasks):
        encoder.load()
        reader = _reader(encoder, cache)
        for task in tasks[done:]:
            yield _make(task, reader, termbase)


def _make(task: _Task, encoder: Encoder, termbase: Termbase) -> _Made:
    from transcheck.run.batch import check_item  # not needed, and not cheap, where all is in the cache

    reports = tuple(r for item in task.part.documents() for r in check_item(item, encoder, termbase))
    return _Made(reports, task.contents is not None and task.part.contents() == task.contents)


def _reader(encoder: Deferred, cache: Cache | None) -> Encoder:
    # the static model is faster than the file that would hold its vectors
    return encoder if cache is None or encoder.model == FAST else Caching(encoder, cache.vectors)


def _by_others(
    tasks: Sequence[_Task], model: str | None, cache: Cache | None, processes: int, termbase: Termbase
) -> Iterator[_Made]:
    """Check parts in other processes, in order.

    They are started afresh: a copy of this process would have its threads and open files without what they wait for.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    chunks = [tasks[at : at + _CHUNK] for at in range(0, len(tasks), _CHUNK)]
    folder = cache.folder if cache is not None else None
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _begin, (model, folder, termbase))
    try:
        waiting: deque[Future[list[_Made]]] = deque(pool.submit(_work, chunk) for chunk in chunks)
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_here: list[tuple[Encoder, Termbase]] = []
"""The encoder and the terms of a process that was started to work for another."""


def _begin(model: str | None, folder: Path | None, termbase: Termbase) -> None:
    """Set up a process: as in ``__main__``, and with one thread."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(200_000, 20, 100)
    # what is wrong with the files of the cache the first process has said
    cache = Cache(folder, lambda _: None) if folder is not None else None
    _here[:] = [(_reader(Deferred(model, threads=1), cache), termbase)]


def _work(tasks: Sequence[_Task]) -> list[_Made]:
    ((encoder, termbase),) = _here
    made = (_make(task, encoder, termbase) for task in tasks)
    return [_Made((), m.stable, to_bytes(m.reports)) for m in made]
