// Comforts. Every page works without them. What a page wants is said by data-portal-* attributes.
const each = (selector, act, within = document) => within.querySelectorAll(selector).forEach(act);

// After loading, and again in what htmx brought.
function prepare(part) {
  each("[data-portal-close], [data-portal-print], [data-portal-copy]", (button) => { button.hidden = false; }, part);
  each("[data-portal-file]", (pick) => {
    pick.classList.add("filepick--ours");
    each("[hidden]", (face) => { face.hidden = false; }, pick);
  }, part);
  if (part !== document || document.activeElement === document.body) each("[data-portal-errors]", (summary) => summary.focus(), part);
}

// Written before the scripts were there: searched all the same.
document.addEventListener("DOMContentLoaded", () => each("input[hx-get], [hx-get][role=search] input", (field) => {
  if (field.value === field.defaultValue) return;
  if (field.matches("[hx-get]")) field.dispatchEvent(new Event("search"));
  else field.form.requestSubmit();
}));

document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-portal-close]");
  if (close) return closeMessage(close.closest(".message"));
  if (event.target.closest("[data-portal-print]")) return print();
  const copy = event.target.closest("[data-portal-copy]");
  if (copy) return copyText(copy);
  const opener = event.target.closest("[data-portal-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.portalDialog);
  if (dialog && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.matches("dialog")) event.target.close(); // its backdrop
  each("[data-portal-menu][open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
});

// Where the browser hands out its clipboard: on HTTPS and on the own machine. Elsewhere the text is marked, to be copied by hand.
function copyText(button) {
  const text = document.getElementById(button.dataset.portalCopy);
  const said = button.querySelector("[aria-live]");
  const mark = () => {
    getSelection().selectAllChildren(text);
    said.textContent = "Đã chọn hết, bấm Ctrl+C";
  };
  if (!navigator.clipboard) return mark();
  navigator.clipboard.writeText(text.textContent).then(() => { said.textContent = "Đã chép"; }, mark);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each("[data-portal-menu][open]", (menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-portal-autosubmit]")) event.target.form.requestSubmit();
  const name = event.target.closest("[data-portal-file]")?.querySelector("[data-portal-file-name]");
  if (name) name.textContent = [...event.target.files].map((file) => file.name).join(", ") || "Chưa chọn tệp nào";
});

// What must not be sent twice is sent once; a page that comes back from the browser's memory may send again.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-portal-once]");
  if (!form) return;
  if (form.dataset.portalSent) return event.preventDefault();
  form.dataset.portalSent = "1";
  each("[data-portal-busy]", (said) => { said.hidden = false; }, form);
});
addEventListener("pageshow", () => each("[data-portal-sent]", (form) => {
  delete form.dataset.portalSent;
  each("[data-portal-busy]", (said) => { said.hidden = true; }, form);
}));

// The focus must not be lost with the message that had it.
function closeMessage(message) {
  const next = message.nextElementSibling?.querySelector("[data-portal-close]") || document.getElementById("noi-dung");
  message.remove();
  next?.focus({ preventScroll: true });
}

addEventListener("beforeprint", () => each("details:not([open])", (part) => {
  part.open = true;
  part.dataset.portalPrinted = "";
}));
addEventListener("afterprint", () => each("[data-portal-printed]", (part) => {
  part.open = false;
  delete part.dataset.portalPrinted;
}));

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
// What renews itself is not taken from under a finger that presses it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.elt.matches("[hx-trigger^=every]:active")) detail.shouldSwap = false;
});
document.addEventListener("htmx:sendError", () => {
  const said = document.getElementById("mat-mang").content.cloneNode(true);
  document.getElementById("thong-bao")?.replaceChildren(said);
});

prepare(document);
if ("serviceWorker" in navigator && document.body.dataset.portalWorker) {
  navigator.serviceWorker.register(document.body.dataset.portalWorker).catch(() => {}); // the network went away: the next page tries again
}
