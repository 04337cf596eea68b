// The tree of organisations: its branches open at a press, and arrows walk over what shows.
document.addEventListener("click", ({ target }) => {
  const toggle = target.closest("[data-portal-tree]");
  if (toggle) openBranch(toggle, toggle.ariaExpanded !== "true");
});

// What stands below is fetched once; where that failed, the next press tries again.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (elt.matches("[data-portal-tree]") && !target.querySelector(":scope > [data-portal-tree-waits]")) event.preventDefault();
});

function openBranch(toggle, open) {
  toggle.ariaExpanded = String(open);
  document.getElementById(toggle.getAttribute("aria-controls")).hidden = !open;
}

// Up and down over what shows, right opens, left closes or goes up.
document.addEventListener("keydown", (event) => {
  const tree = event.target.closest("[data-portal-tree-root]");
  const here = event.target.closest("li");
  if (!tree || !here || !event.key.startsWith("Arrow")) return;
  const names = [...tree.querySelectorAll("li > div > a")].filter((name) => name.checkVisibility());
  const name = here.querySelector("a");
  const toggle = here.querySelector("[data-portal-tree]");
  const open = toggle?.ariaExpanded === "true";
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  event.preventDefault();
  if (step) names[names.indexOf(name) + step]?.focus();
  else if (event.key === "ArrowRight" && toggle) open ? names[names.indexOf(name) + 1]?.focus() : toggle.click();
  else if (event.key === "ArrowLeft") open ? toggle.click() : here.parentElement.closest("li")?.querySelector("a").focus();
});
