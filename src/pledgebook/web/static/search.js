// Search in a copy of plain files: who is bound, what was promised in which words, where it stands. The index is loaded when somebody types, as a
// script, so that it works from a disk too; nothing is sent anywhere.
"use strict";
(() => {
  const box = document.getElementById("find");
  if (!box) return;
  const field = box.querySelector("input");
  const list = box.querySelector("ol");
  const told = box.querySelector("[role=status]");
  const most = 50;
  let rows = null, asked = false;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.onload = () => {
      rows = globalThis.pledgebookIndex.map((row) => ({ row, words: plain(row.join(" ")) }));
      show();
    };
    script.onerror = () => { told.textContent = "The list of promises could not be loaded."; };
    document.head.append(script);
  };

  const apart = (text) => Object.assign(document.createElement("bdi"), { textContent: text });

  const item = ([id, who, what, verdict, review, quote]) => {
    const made = document.createElement("li");
    made.className = "item";
    const link = document.createElement("a");
    link.href = box.dataset.page.replace("PROMISE", id);
    for (const [name, text, kind] of [["p", "", "item-who"], ["h3", "", ""], ["p", `${verdict}, ${review}`, "facts"], ["p", `“${quote}”`, "item-summary"]]) {
      const part = document.createElement(name);
      part.className = kind;
      if (kind === "item-who") part.append(apart(who));
      else if (name === "h3") { link.append(apart(what)); part.append(link); }
      else { part.dir = "auto"; part.textContent = text; }
      made.append(part);
    }
    return made;
  };

  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    if (rows === null) { told.textContent = words.length ? "The list of promises is being loaded." : ""; return; } // nothing is said of what is not known yet
    const found = words.length ? rows.filter((one) => words.every((word) => one.words.includes(word))) : [];
    list.replaceChildren(...found.slice(0, most).map((one) => item(one.row)));
    told.textContent = !words.length ? "" : found.length > most ? `${found.length} found, the first ${most} are shown.` : `${found.length} found.`;
  };

  box.hidden = false;
  field.addEventListener("focus", load, { once: true });
  field.addEventListener("input", () => { load(); show(); });
})();
