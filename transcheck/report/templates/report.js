"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const form = one(".filters");
  if (!form) return;
  form.hidden = false;
  if (matchMedia("(max-width: 60rem)").matches) one(".panel").open = false;
  const findings = all(".finding");
  const sections = all(".document");
  const marks = all("mark[data-f]");
  const texts = new Map(findings.map((f) => [f, f.textContent.toLowerCase()]));
  let current = null;

  const owner = (element) => element.closest(".document");
  // A finding has a number in its document, and a mark the numbers of those whose place it shows.
  const key = (element, number) => `${owner(element).id} ${number}`;
  const numbered = new Map(findings.map((f) => [key(f, f.dataset.n), f]));
  const shownBy = new Map(marks.map((m) => [m, m.dataset.f.split(" ").map((n) => numbered.get(key(m, n)))]));
  const marksOf = (finding) => marks.filter((m) => shownBy.get(m).includes(finding));
  const visible = () => findings.filter((f) => !f.hidden && f.offsetParent !== null);

  const chosen = (name) => new Set(all(`input[name=${name}]:checked`, form).map((box) => box.value));
  const apply = () => {
    const severities = chosen("severity");
    const versions = chosen("lang");
    const code = form.elements.code.value;
    const section = form.elements.document.value;
    const silent = form.elements.silent ? form.elements.silent.checked : false;
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const f of findings) {
      f.hidden = !(
        severities.has(f.dataset.severity) &&
        versions.has(f.dataset.lang) &&
        (!code || f.dataset.code === code) &&
        (!section || owner(f).id === section) &&
        (silent || !f.classList.contains("silent")) &&
        words.every((w) => texts.get(f).includes(w) || owner(f).dataset.name.includes(w))
      );
    }
    const boxes = all("input[name=severity], input[name=lang]", form);
    const narrowed = Boolean(code || section || words.length) || boxes.some((box) => !box.checked);
    let shown = 0;
    for (const s of sections) {
      const found = all(".finding", s);
      const some = found.some((f) => !f.hidden);
      const failed = s.classList.contains("unchecked");
      s.hidden = narrowed ? !some : !(some || failed || silent);
      if (!s.hidden) shown += 1;
      const link = one(`.contents a[href="#${s.id}"]`);
      if (link) link.parentElement.hidden = s.hidden;
      for (const row of all("tr.notes", s)) row.hidden = all(".finding", row).every((f) => f.hidden);
    }
    for (const m of marks) m.classList.toggle("off", shownBy.get(m).every((f) => f.hidden));
    one("#nothing").hidden = shown > 0 || findings.length === 0;
  };

  const select = (finding, scroll) => {
    if (current) {
      current.classList.remove("active");
      for (const m of marksOf(current)) m.classList.remove("active");
    }
    current = finding;
    if (!finding) return;
    finding.classList.add("active");
    for (const m of marksOf(finding)) m.classList.add("active");
    if (scroll) {
      const row = finding.closest("tr.notes");
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      ((row && row.previousElementSibling) || finding).scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
      finding.focus({ preventScroll: true });
    }
  };
  const step = (by) => {
    const list = visible();
    if (!list.length) return;
    const at = list.indexOf(current);
    select(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length], true);
  };

  // Rows without findings are folded here, so that without scripts everything can be read.
  for (const body of all("tbody.clean")) {
    const number = body.rows.length;
    const columns = body.rows[0].cells.length;
    const fold = document.createElement("tbody");
    const button = document.createElement("button");
    button.type = "button";
    const say = () => {
      button.textContent = `${body.hidden ? "Show" : "Hide"} ${number} rows without findings`;
      button.setAttribute("aria-expanded", String(!body.hidden));
    };
    button.addEventListener("click", () => { body.hidden = !body.hidden; say(); });
    fold.className = "fold";
    const cell = fold.insertRow().insertCell();
    cell.colSpan = columns;
    cell.append(button);
    body.hidden = true;
    say();
    body.before(fold);
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  const clear = () => { form.reset(); apply(); };
  one("#clear").addEventListener("click", clear);
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-f]");
    const finding = event.target.closest(".finding");
    if (mark) {
      const found = shownBy.get(mark).find((f) => !f.hidden);
      if (found) select(found, false);
    } else if (finding) {
      select(finding, false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (document.activeElement) document.activeElement.blur();
      select(null);
      return;
    }
    if (event.target.closest("input, select, textarea")) return;
    const act = { j: () => step(1), k: () => step(-1), "/": () => form.elements.q.focus(), x: clear }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  addEventListener("beforeprint", () => all("details").forEach((d) => { d.open = true; }));
  const jump = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target && target.classList.contains("finding")) {
      if (target.hidden) { clear(); if (form.elements.silent) { form.elements.silent.checked = true; apply(); } }
      select(target, true);
    }
  };
  addEventListener("hashchange", jump);
  apply();
  jump();
})();
