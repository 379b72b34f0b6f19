"""The page in a real browser, where one is installed: its script runs under its own policy, and the filters filter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.reports import whole_report
from transcheck.report import html

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="needs Chromium")]

SCRIPT = """
<script>
addEventListener("load", () => {
  const form = document.querySelector(".filters");
  const all = (selector) => [...document.querySelectorAll(selector)];
  const check = (name, value, on) => {
    document.querySelector(`[name=${name}][value="${value}"]`).checked = on;
    form.dispatchEvent(new Event("input"));
  };
  const put = (name, value) => {
    form.elements[name].value = value;
    form.dispatchEvent(new Event("input"));
  };
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  const told = [ACTIONS].map((act) => {
    press("Escape");
    press("x");
    act();
    return {
      codes: all(".finding").filter((f) => f.offsetParent).map((f) => f.dataset.code).join(" "),
      documents: all(".document").filter((d) => !d.hidden).length,
      marked: all("mark.active").map((m) => m.textContent).join("|"),
      active: all(".finding.active").length,
      off: all("mark.off").length,
      nothing: !document.getElementById("nothing").hidden,
    };
  });
  document.title = JSON.stringify(told);
});
</script>
"""

NUMBER = "четырнадцать|чотирнадцятеро|forty"
LACK = "«Отпустите их», — сказал командир.|«Відпустіть їх», — сказав командир.|∅"
ACTIONS: dict[str, dict[str, object]] = {
    "": {"codes": "TC301 TC101 TC201 TC301 TC201 TC302 TC506", "documents": 6, "active": 0, "nothing": False},
    'check("severity", "error", false)': {"codes": "TC101 TC201 TC201 TC302 TC506", "documents": 4},
    'check("lang", "en", false)': {"codes": "TC201 TC302 TC506", "documents": 3},
    'put("code", "TC301")': {"codes": "TC301 TC301", "documents": 2},
    'put("document", "d2")': {"codes": "TC301 TC201", "documents": 1},
    'put("q", "чотирнадцятеро")': {"codes": "TC301", "documents": 1},
    'put("q", "RIVER forty")': {"codes": "TC301", "documents": 1},
    'put("q", "zzz")': {"codes": "", "documents": 0, "nothing": True},
    'check("silent", "1", true)': {"codes": "TC301 TC101 TC201 TC301 TC201 TC301 TC201 TC203 TC302 TC506", "off": 0},
    'press("j")': {"active": 1, "marked": NUMBER},
    'press("j"); press("j")': {"active": 1, "marked": LACK},
    'press("j"); press("j"); press("k")': {"active": 1, "marked": NUMBER},
    'press("k")': {"active": 1, "marked": ""},
    'press("j"); press("Escape")': {"active": 0, "marked": ""},
    'document.querySelector("mark").click()': {"active": 1, "marked": NUMBER},
    'put("q", "zzz"); press("x")': {"documents": 6, "nothing": False},
}


def _browse(page: Path) -> tuple[str, str]:
    assert BROWSER is not None
    command = [BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command += ["--window-size=1200,900", f"--user-data-dir={page.parent / 'profile'}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return done.stdout, done.stderr


def test_the_script_runs_and_the_policy_refuses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html.render(whole_report()), encoding="utf-8")
    dom, log = _browse(path)
    assert '<form class="filters">' in dom, "the script has shown the form"
    assert "Refused" not in log
    assert "Content Security Policy" not in log
    assert "Uncaught" not in log


def test_the_page_answers(tmp_path: Path) -> None:
    made = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html.render(whole_report()))
    actions = ", ".join(f"() => {{ {action} }}" for action in ACTIONS)
    path = tmp_path / "page.html"
    path.write_text(made.replace("</body>", SCRIPT.replace("ACTIONS", actions) + "</body>"), encoding="utf-8")
    dom, _ = _browse(path)
    title = re.search(r"<title>(.*?)</title>", dom, flags=re.DOTALL)
    assert title
    told = json.loads(unescape(title[1]))
    shown = {a: {k: t[k] for k in e} for (a, e), t in zip(ACTIONS.items(), told, strict=True)}
    assert shown == ACTIONS
