"""The entry of the command line."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit: 0 clean, 1 findings at or above the fail level, 2 something was not checked."""
    # The tables make many small objects that live to the end: collecting among them is a quarter of a short run.
    gc.set_threshold(200_000, 20, 100)
    # The matrices are small: threads for their products cost more than they save, several times so on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from transcheck.cli.app import application

    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower() not in ("utf-8", "utf8"):
            reconfigure(errors="replace")
    try:
        application(sys.argv[1] if len(sys.argv) > 1 else None)()
    except Exception:  # a defect of ours must not look like exit code 1, "findings"
        import traceback

        traceback.print_exc()
        sys.exit(2)
    finally:
        gc.freeze()  # what the tables made goes with the process; looking for cycles in it would take a tenth of a run


if __name__ == "__main__":
    main()
