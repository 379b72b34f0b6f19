"""A client of the language server: whole processes, JSON-RPC by hand, as an editor speaks it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SECONDS = 120
"""How long an answer is waited for; a busy machine is slow."""


class Client:
    """Starts ``transcheck lsp`` in a folder and speaks with it."""

    def __init__(self, folder: Path, capabilities: Mapping[str, Any] | None = None) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")}
        env |= {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "transcheck", "lsp", "--stdio"],
            cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.errors = b""
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.publications: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()
        self.about = self.request(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "capabilities": dict(capabilities or {})},
        )
        self.notify("initialized", {})

    def request(self, method: str, params: object) -> Any:
        """Send a request and return its result; AssertionError for an error."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        answer = self._until(lambda m: m.get("id") == number and "method" not in m)
        assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def open(self, path: Path, text: str | None = None, version: int = 1) -> None:
        """Open a file, with another text than that of the disk if one is given."""
        item = {"uri": path.as_uri(), "languageId": "markdown", "version": version}
        item["text"] = path.read_text("utf-8") if text is None else text
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, path: Path, text: str, version: int) -> None:
        """Change the whole text of an open file."""
        about = {"uri": path.as_uri(), "version": version}
        self.notify("textDocument/didChange", {"textDocument": about, "contentChanges": [{"text": text}]})

    def diagnostics(self, path: Path, version: int | None = None) -> list[dict[str, Any]]:
        """Wait for the next diagnostics of a file, those of a version if one is given, and return them."""
        params = self._until(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == path.as_uri()
                and (version is None or m["params"].get("version") == version)
            )
        )["params"]
        found: list[dict[str, Any]] = params["diagnostics"]
        return found

    def actions(self, path: Path, range_: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Ask for the quick fixes of a range."""
        params = {"textDocument": {"uri": path.as_uri()}, "range": range_, "context": {"diagnostics": []}}
        return list(self.request("textDocument/codeAction", params) or [])

    def close(self) -> int:
        """Shut the server down and return its exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(SECONDS)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            try:
                message = self._messages.get(timeout=SECONDS)
            except queue.Empty:
                raise AssertionError(f"no answer; {self.errors.decode(errors='replace')}") from None
            if "method" in message and "id" in message:
                self.asked.append(message)
                self._send({"id": message["id"], "result": {"success": True}})
            if message.get("method") == "textDocument/publishDiagnostics":
                self.publications.append(message["params"])
                self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
            if wanted(message):
                return message

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(length)))

    def _drain(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line
