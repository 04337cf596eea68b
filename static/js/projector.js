// Slides by keyboard: arrows, space and the keys of a presenter's remote turn them, Esc leaves. Without this script the links do the same.
"use strict";
(() => {
  const ways = {
    ArrowRight: "after", ArrowDown: "after", PageDown: "after", " ": "after", Enter: "after",
    ArrowLeft: "before", ArrowUp: "before", PageUp: "before", Escape: "close",
  };
  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey;
    const onLink = event.target.closest("a, button") && [" ", "Enter"].includes(event.key);
    const link = ways[event.key] && document.querySelector(`[data-hall="${ways[event.key]}"]`);
    if (busy || onLink || !link) return;
    event.preventDefault();
    location.href = link.href;
  });
})();
