// A report that is written: each part saves itself by htmx. What was not taken yet is kept in the browser's own store, and goes
// when the portal can be reached again. Without this script the page is one form with one button.
const form = document.querySelector("[data-report]");
const store = `bao-cao:${form.dataset.reportAccount}:${form.dataset.report}`;
const AGAIN = 15_000;
const parts = () => form.querySelectorAll("[data-report-part] textarea");
const saidOf = (text) => document.getElementById(`da-luu-${text.closest("[data-report-part]").dataset.reportPart}`);
const waiting = kept(); // name of the part → what was written and not taken
const unsaved = () => [...parts()].filter((text) => text.name in waiting);

function kept() {
  try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
}

function keep() {
  try {
    if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
    else localStorage.removeItem(store);
  } catch { /* full or forbidden: the page itself still has it */ }
}

function say(text, words, tone = "") {
  const saved = saidOf(text).querySelector("[data-report-saved]");
  if (!saved) return;
  saved.replaceChildren(words);
  if (tone) saved.dataset.tone = tone;
}

function sendAgain() {
  for (const text of unsaved()) if (!text.closest("[data-report-part]").querySelector("[data-report-newer]")) htmx.trigger(text, "gui");
}

form.addEventListener("input", ({ target }) => {
  if (target.tagName !== "TEXTAREA") return;
  waiting[target.name] = target.value;
  keep();
  say(target, "Đang ghi…");
});

// A sign-in page in place of our own answer means that the session is over: nothing of it belongs under a part.
form.addEventListener("htmx:beforeSwap", (event) => {
  const text = event.detail.requestConfig?.elt;
  if (text?.tagName !== "TEXTAREA" || !event.detail.shouldSwap) return;
  if (!event.detail.serverResponse.includes("name=\"version_")) {
    event.detail.shouldSwap = false;
    say(text, "Phiên làm việc đã hết. Chữ đã giữ trên máy này; tải lại trang, đăng nhập là gửi tiếp.", "warn");
  }
});

form.addEventListener("htmx:afterRequest", (event) => {
  const text = event.detail.elt;
  if (text?.tagName !== "TEXTAREA" || !event.detail.successful) return;
  const sent = event.detail.requestConfig.parameters[text.name] ?? event.detail.requestConfig.formData?.get(text.name);
  if (event.detail.xhr.response.includes("data-report-saved") && waiting[text.name] === sent) delete waiting[text.name];
  keep();
});

for (const name of ["htmx:sendError", "htmx:timeout"]) form.addEventListener(name, ({ detail }) => {
  say(detail.elt, "Mất mạng. Chữ đã giữ trên máy này, có mạng là gửi.", "warn");
});

form.addEventListener("htmx:afterSwap", offerTheirs);

function offerTheirs() {
  form.querySelectorAll("[data-report-theirs]").forEach((button) => { button.hidden = false; });
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-report-theirs]");
  if (!button) return;
  const part = button.closest("[data-report-part]"), text = part.querySelector("textarea"), theirs = part.querySelector("[data-report-newer]");
  text.value = theirs.textContent;
  part.querySelector("[name^=version_]").value = theirs.dataset.reportNewer;
  delete waiting[text.name];
  keep();
  htmx.trigger(text, "gui");
  text.focus();
});

// Who hands the report over a moment after the last word hands over that word too.
let leaving = false;
document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (!target.matches("[data-report-waits]") || !unsaved().length || !window.htmx) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (leaving) return;
  leaving = true;
  const said = target.querySelector("[data-report-said]");
  said.textContent = "Đang lưu chữ vừa viết…";
  sendAgain();
  for (let tries = 0; unsaved().length && tries < 50; tries += 1) await new Promise((wake) => { setTimeout(wake, 100); });
  leaving = false;
  const [left] = unsaved();
  said.textContent = left ? "Còn phần chưa lưu được, xem ở phần ấy rồi bấm lại." : "";
  if (left) left.focus();
  else if (target.isConnected) target.requestSubmit(submitter);
}, true);

// What was typed before this script was there goes behind what is kept on the device.
const added = ({ value, defaultValue }) => (value.startsWith(defaultValue) ? value.slice(defaultValue.length) : ` ${value}`);

for (const text of parts()) {
  if (text.value !== text.defaultValue) {
    if (text.name in waiting) text.value = waiting[text.name] + added(text);
    waiting[text.name] = text.value;
    say(text, "Đang ghi…");
    continue;
  }
  if (!(text.name in waiting) || waiting[text.name] === text.value) { delete waiting[text.name]; continue; }
  text.value = waiting[text.name];
  say(text, "Đã lấy lại chữ chưa gửi được lần trước.", "warn");
}
keep();
offerTheirs();
form.querySelectorAll("[data-report-plain]").forEach((row) => { row.hidden = true; });
addEventListener("online", sendAgain);
setInterval(sendAgain, AGAIN);
document.addEventListener("DOMContentLoaded", () => setTimeout(sendAgain, 0));
form.dataset.reportReady = "";
