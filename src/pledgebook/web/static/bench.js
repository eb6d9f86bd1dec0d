// The bench on keys, and fast: the next record is there before it is asked for. Without this script every form and link works as it stands.
"use strict";
(() => {
  const OUTBOX = "pledgebook outbox", DRAFT = "pledgebook draft ";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const stored = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const store = (key, value) => { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: nothing is kept */ } };
  const tell = (text) => { const at = one("#status"); if (at) at.textContent = text; };
  let ahead = { url: "", page: null }, sending = null, marking = null, asked = false;

  // Pages ---------------------------------------------------------------------------------------------------------------------------------
  const load = async (url) => {
    // Told that a script asks, the server answers with where a name is asked for, and gives no cookie for a page that nobody sees.
    const answer = await fetch(url, { headers: { accept: "text/html", "x-pledgebook-script": "1" } });
    if (answer.status === 401) return { ok: false, to: (await answer.json()).to };
    return { html: await answer.text(), url: answer.url, ok: answer.ok };
  };
  const fetchAhead = () => {
    const url = one(".bench")?.dataset.next;
    if (!url || ahead.url === url) return;
    ahead = { url, page: load(url).catch(() => null) };
  };
  const leave = (url) => { asked = true; location.assign(url); return false; };
  // Whether the page is shown here: one that is not of the bench, such as that which asks for a name, is gone to.
  const show = (page, push = true) => {
    const made = new DOMParser().parseFromString(page.html, "text/html");
    if (!made.querySelector(".bench")) return leave(page.url);
    document.title = made.title;
    one("main").replaceChildren(...made.querySelector("main").childNodes);
    if (push) history.pushState(null, "", page.url);
    begin();
    return true;
  };
  const go = async (url, push = true) => {
    const held = ahead.url && new URL(ahead.url, location.href).href === new URL(url, location.href).href ? await ahead.page : null;
    if (held?.ok) return show(held, push);
    try { const page = await load(url); return page.to ? leave(page.to) : show(page, push); } catch { tell("The server does not answer. Nothing is lost; try again."); return true; }
  };

  // Forms: each is sent until it is answered; what is in it makes it one and the same however often it is sent ------------------------------------
  // What one person sent and typed is never taken for another's who uses the browser after a session has ended.
  const coder = () => one(".bench")?.dataset.coder || "";
  const kept = () => stored(OUTBOX) || [];
  const waiting = () => kept().filter((item) => item.coder === coder());
  const draftOf = (form) => form.dataset.draft ? `${DRAFT}${coder()} ${form.dataset.draft}` : null;
  const withToken = (fields) => { const now = one("input[name=token]")?.value; return fields.map(([name, value]) => [name, name === "token" && now ? now : value]); };
  const post = (item) => fetch(item.url, { method: "POST", body: new URLSearchParams(withToken(item.fields)), headers: { "x-pledgebook-script": "1" }, redirect: "follow" });
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const sendAll = () => {
    sending ??= (async () => {
      let wait = 0.5, answer = null;
      for (let item = waiting()[0]; item; item = waiting()[0]) {
        try {
          const got = await post(item);
          // A server in front that finds none behind it says nothing of use; the book's own says why it cannot write now.
          if (got.status >= 502) throw new Error(new DOMParser().parseFromString(await got.text(), "text/html").querySelector("#main h1 + p")?.textContent || "");
          answer = { status: got.status, url: got.url, type: got.headers.get("content-type") || "", text: await got.text(), item };
        } catch (error) {
          const count = waiting().length, why = error instanceof TypeError || !error.message ? "The server does not answer." : error.message;
          tell(`${count} ${count === 1 ? "decision is" : "decisions are"} not saved yet. ${why} It is tried again; leave this page open, or come back to it.`);
          await pause(wait); wait = Math.min(wait * 2, 10);
          continue;
        }
        if (answer.status === 401) { asked = true; location.assign(JSON.parse(answer.text).to); return null; } // a name is asked; what waits is sent after that
        store(OUTBOX, kept().filter((other) => other.id !== item.id));
        if (answer.status >= 400) break;
        if (item.draft) store(item.draft, null);
        if (wait > 0.5) tell("All is saved.");
        wait = 0.5;
      }
      return answer;
    })().finally(() => { sending = null; });
    return sending;
  };
  const submit = async (form, button) => {
    const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
    const leaves = form.dataset.act === "next" && !("stay" in (button?.dataset || {}));
    const item = { id: fields.find(([name]) => name === "once")[1] + (button?.value || ""), url: new URL(form.getAttribute("action"), location.href).href, fields, coder: coder(), draft: draftOf(form) };
    store(OUTBOX, [...kept().filter((other) => other.id !== item.id), item]);
    if (!waiting().length) { form.submit(); return; } // nothing can be kept here: the plain way
    const next = one(".bench")?.dataset.next;
    // Edited fields may be refused: then the page stays until the answer is there.
    const early = leaves && next && ahead.page && !edited(form);
    if (early && !await go(next)) return; // what waits is sent when the bench is here again
    const answer = await sendAll();
    if (!answer) return;
    if (answer.status >= 400) { show({ html: answer.text, url: answer.item.url }, false); tell(answer.status === 409 ? "Not written: others decided meanwhile." : "Not written."); return; }
    if (early) { one("#undo")?.removeAttribute("disabled"); return; }
    ahead = { url: "", page: null };
    if (answer.type.includes("json")) await go(JSON.parse(answer.text).to); else show({ html: answer.text, url: answer.item.url }, false);
  };
  const edited = (form) => all("[name^='f-']", form).some((field) => field.tagName === "SELECT" ? [...field.options].some((option) => option.selected !== option.defaultSelected && option.selected) && field.value !== (([...field.options].find((option) => option.defaultSelected) || field.options[0])?.value) : field.value !== field.defaultValue);

  // Drafts: what is typed and not sent outlives a closed tab --------------------------------------------------------------------------------------
  const keepDraft = (form) => {
    const fields = Object.fromEntries(all("input[name]:not([type=hidden]), textarea, select", form).filter((field) => field.tagName === "SELECT" ? edited({ querySelectorAll: () => [field] }) : field.type === "radio" ? field.checked && !field.defaultChecked : field.value !== field.defaultValue).map((field) => [field.name, field.value]));
    store(draftOf(form), Object.keys(fields).length ? { version: form.elements.version?.value, fields } : null);
  };
  const restoreDraft = (form) => {
    const draft = stored(draftOf(form));
    if (!draft || one("#conflict") || one(".problem")) return;
    for (const [name, value] of Object.entries(draft.fields)) if (form.elements[name]) form.elements[name].value = value;
    tell(draft.version === form.elements.version?.value ? "What you had typed is here again, not saved yet." : "What you had typed is here again, not saved yet. Others decided meanwhile: look at the history (h).");
  };

  // Words: a selection as code points of the frozen text ------------------------------------------------------------------------------------------
  const text = () => one(".frozen");
  const points = (string) => { let count = 0; for (const _ of string) count += 1; return count; };
  const pointAt = (node, offset) => {
    const range = document.createRange();
    range.setStart(text(), 0); range.setEnd(node, offset);
    return Number(text().dataset.start) + points(range.toString());
  };
  const placeOf = (point) => {
    const walker = document.createTreeWalker(text(), NodeFilter.SHOW_TEXT);
    let left = point - Number(text().dataset.start), last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const size = points(node.data);
      if (left <= size) return [node, [...node.data].slice(0, left).join("").length];
      left -= size; last = node;
    }
    return [last, last.data.length];
  };
  const select = (start, end) => {
    const [from, first] = placeOf(start), [to, last] = placeOf(end);
    getSelection().setBaseAndExtent(from, first, to, last);
    (to.parentElement || text()).scrollIntoView({ block: "nearest" });
  };
  const takeSelection = () => {
    const chosen = getSelection(), form = one("#mark");
    if (!form || !text() || chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    if (!text().contains(range.startContainer) || !text().contains(range.endContainer)) return;
    const words = range.toString(), lead = points(words) - points(words.trimStart()), trail = points(words) - points(words.trimEnd());
    const start = pointAt(range.startContainer, range.startOffset) + lead, end = pointAt(range.endContainer, range.endOffset) - trail;
    if (start >= end) return;
    form.elements.start.value = start; form.elements.end.value = end;
    one("#preview").textContent = words.trim();
    one("#words").open = true;
  };
  const preview = () => {
    const form = one("#mark"), start = Number(form?.elements.start.value), end = Number(form?.elements.end.value), base = Number(text()?.dataset.start);
    if (form && end > start) one("#preview").textContent = [...text().textContent].slice(start - base, end - base).join("");
  };
  const beginMarking = () => {
    const form = one("#mark");
    if (!form || !text()) return;
    const base = Number(text().dataset.start);
    marking = { start: Number(form.elements.start.value || base), end: Number(form.elements.end.value || base), letters: [...text().textContent], base };
    if (marking.end <= marking.start) marking.end = word(marking.start, 1);
    marking.sentences = sentences();
    one("#words").open = true;
    document.activeElement?.blur();
    takeMark();
    tell("Marking: up and down go from sentence to sentence, left and right move the end by a word, with Shift the beginning; Enter when done, Esc to leave.");
  };
  const sentences = () => {
    const found = [];
    let at = marking.base;
    for (const { segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(marking.letters.join(""))) {
      const size = points(segment), lead = size - points(segment.trimStart()), trail = size - points(segment.trimEnd());
      if (lead < size) found.push([at + lead, at + size - trail]);
      at += size;
    }
    return found;
  };
  const isWord = (letter) => letter !== undefined && /[\p{L}\p{N}\p{M}$€£%'’-]/u.test(letter);
  const word = (point, step) => {
    const letters = marking.letters, at = () => letters[(step > 0 ? point : point - 1) - marking.base];
    while (at() !== undefined && !isWord(at())) point += step;
    while (at() !== undefined && isWord(at())) point += step;
    return point;
  };
  const takeMark = () => { select(marking.start, marking.end); takeSelection(); };
  const markingKey = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = event.key === "ArrowDown" ? marking.sentences.find(([start]) => start > marking.start) : marking.sentences.findLast(([start]) => start < marking.start);
      if (to) { [marking.start, marking.end] = to; takeMark(); }
    } else if (step) {
      const end = event.shiftKey ? "start" : "end", before = marking[end];
      marking[end] = word(before, step);
      if (marking.start >= marking.end) marking[end] = before;
      takeMark();
    } else if (event.key === "Enter") { marking = null; tell(""); one("#mark button").focus(); }
    else if (event.key === "Escape") { marking = null; tell(""); getSelection().removeAllRanges(); }
    else return;
    event.preventDefault();
  };

  // Keys ----------------------------------------------------------------------------------------------------------------------------------------
  const isTyping = (at) => at?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select");
  const candidates = () => all(".candidate");
  const candidateKey = (key) => {
    const list = candidates(), here = list.indexOf(document.activeElement?.closest?.(".candidate"));
    if (key === "j" || key === "k") { (list[here + (key === "j" ? 1 : -1)] || list[key === "j" ? 0 : list.length - 1])?.focus(); return true; }
    const button = (key === "l" && ".do-link") || (key === "x" && ".do-unlink");
    if (button && here >= 0) { one(button, list[here]).click(); return true; }
    return false;
  };
  const key = (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { const save = one("[data-save]"); if (save) { event.preventDefault(); save.click(); } return; }
    if (event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]")) return;
    if (marking) { markingKey(event); return; }
    if (isTyping(event.target)) { if (event.key === "Escape") { event.target.blur(); event.preventDefault(); } return; }
    if (candidates().length && candidateKey(event.key)) { event.preventDefault(); return; }
    const press = event.key.length === 1 ? event.key : "";
    if (!press) return;
    if (press === "?") { one("dialog#keys")?.showModal(); event.preventDefault(); return; }
    if (press === "m" && one("#mark")) { beginMarking(); event.preventDefault(); return; }
    if (press === "e" && one(".fields")) { one(".fields input, .fields textarea, .fields select").focus(); event.preventDefault(); return; }
    const wanted = all("[data-key]").find((item) => item.dataset.key.split(" ").includes(press) && !item.disabled);
    if (wanted) { event.preventDefault(); wanted.click(); return; }
    const focus = one(`[data-focus="${CSS.escape(press)}"]`);
    if (focus) { event.preventDefault(); focus.focus(); return; }
    const box = one(`details[data-open="${CSS.escape(press)}"]`);
    if (box) { event.preventDefault(); box.open = !box.open; (one("input:not([type=hidden]), select, button", box) || one("summary", box)).focus(); }
  };

  // Beginnings --------------------------------------------------------------------------------------------------------------------------------------
  const begin = () => {
    marking = null;
    fetchAhead();
    const focus = one("#focus"), left = one(".left");
    if (focus && left) left.scrollTop += focus.getBoundingClientRect().top - left.getBoundingClientRect().top - left.clientHeight / 3;
    scrollTo(0, 0);
    all("form[data-draft]").forEach(restoreDraft);
    const wrong = one("[aria-invalid]") || one("[role=alert]") || one(".candidate:not(.decided)");
    if (wrong) { if (wrong.getAttribute("role")) wrong.tabIndex = -1; wrong.focus(); } else one(".bench h1")?.focus({ preventScroll: true });
  };
  document.addEventListener("keydown", key);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-act]") || event.defaultPrevented) return;
    event.preventDefault();
    submit(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.id === "help" && one("dialog#keys")) { event.preventDefault(); one("dialog#keys").showModal(); return; }
    if (link.origin === location.origin && /\/bench(\/c\/|\/links\/)/.test(link.pathname)) { event.preventDefault(); go(link.href); }
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("form[data-draft]")) keepDraft(form);
    if (form?.id === "mark") preview();
  });
  document.addEventListener("mouseup", () => setTimeout(() => { if (!marking) takeSelection(); }));
  addEventListener("popstate", () => go(location.href, false));
  addEventListener("beforeunload", (event) => { if (waiting().length && coder() && !asked) event.preventDefault(); });
  begin();
  const others = coder() ? kept().filter((item) => item.coder !== coder()) : [];
  if (others.length) tell(`Not saved yet: ${others.length} ${others.length === 1 ? "decision" : "decisions"} of ${[...new Set(others.map((item) => item.coder))].join(", ")}. They wait in this browser until that name works here again.`);
  if (waiting().length && coder()) sendAll().then((answer) => { if (answer?.status >= 400) show({ html: answer.text, url: answer.item.url }, false); else if (answer) location.reload(); });
})();
