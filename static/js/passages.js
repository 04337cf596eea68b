// Marking a passage by keyboard: words selected in one paragraph, then N (a task) or C (a target). Without this script
// each paragraph has a link that does the same.
"use strict";
(() => {
  const kinds = { n: "task", c: "target" };
  document.addEventListener("keydown", (event) => {
    const kind = kinds[event.key.toLowerCase()];
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select");
    const selection = document.getSelection();
    if (!kind || busy || !selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const paragraph = (range.startContainer.parentElement || range.startContainer).closest("[data-start]");
    if (!paragraph || !paragraph.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(range.startContainer, range.startOffset);
    // the server counts letters, the browser UTF-16 units
    const letters = (text) => Array.from(text).length;
    const start = Number(paragraph.dataset.start) + letters(before.toString());
    location.href = `?tu=${start}&den=${start + letters(range.toString())}&la=${kind}#viec`;
  });
})();
