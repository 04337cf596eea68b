// The log of a meeting. What is on the device comes first: every change goes into an outbox in the browser's own store, and
// leaves it when the portal has said that it is kept. Without this script the page is a form with a button in each part.
const form = document.querySelector("[data-log]");
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const store = `so-hop:${form.dataset.logAccount}:${form.dataset.log}`;
const bar = form.querySelector(".savebar__state");
const NEWS_EVERY = 15_000, TYPING = 1_200, MOST_AT_ONCE = 100, FIRST_PATIENCE = 2_000, LAST_PATIENCE = 30_000;
const $ = (selector, within = form) => within.querySelector(selector);
const each = (selector, act, within = form) => within.querySelectorAll(selector).forEach(act);

let outbox = kept(); // "kind:uuid" → { values, gone, turn, held }; held: refused or in conflict, waits for a person
let stamp = Number(form.dataset.logStamp);
let sending = false, closed = "", trouble = "", patience = FIRST_PATIENCE, timer = 0, asked = 0, heardOf = 0;
const untouched = new Map(); // what a new item holds before anybody writes into it
const early = new Set(); // names of what was marked or written before this script was there

// ------------------------------------------------------------------ the device's own store
function kept() {
  try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
}

function keep() {
  try {
    if (Object.keys(outbox).length) localStorage.setItem(store, JSON.stringify(outbox));
    else localStorage.removeItem(store);
  } catch { trouble = "full"; }
}

// ------------------------------------------------------------------ items and their controls
const controls = (key) => form.querySelectorAll(`[name^="${key}:"]`);
const item = (key) => $(`[data-log-item="${key}"]`);
const versionOf = (key) => Number($(`[name="${key}:version"]`)?.value || 0);
const keyOf = (control) => control.name.split(":").slice(0, 2).join(":");
const isTicked = (control) => control.matches("[type=radio], [type=checkbox]");
const asItIs = (control) => (isTicked(control) ? control.checked : control.value);

function asItCame(control) {
  if (isTicked(control)) return control.defaultChecked;
  if (control.tagName !== "SELECT") return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) || control.options[0])?.value ?? "";
}

// What was typed before this script was there goes behind what is kept on the device.
const added = ({ value, defaultValue }) => (value.startsWith(defaultValue) ? value.slice(defaultValue.length) : ` ${value}`);

function read(key, of = asItIs) {
  const values = {};
  for (const control of controls(key)) {
    const name = control.name.slice(key.length + 1);
    if (name === "version" || name === "gone") continue;
    if (control.type !== "radio") values[name] = of(control);
    else if (of(control)) values[name] = control.value;
    else values[name] ??= "";
  }
  return values;
}

function fill(key, values, gone) {
  for (const control of controls(key)) {
    const name = control.name.slice(key.length + 1);
    if (early.has(control.name) && control.tagName !== "TEXTAREA") continue;
    if (name === "gone") control.checked = gone;
    if (!(name in values)) continue;
    const value = early.has(control.name) ? values[name] + added(control) : values[name];
    if (control.type === "radio") control.checked = control.value === (value === true ? "yes" : value === false ? "no" : value);
    else if (control.type === "checkbox") control.checked = value;
    else control.value = value;
  }
}

function add(kind, id) {
  const blank = $(`template[data-log-blank="${kind}"]`), list = $(`[data-log-list="${kind}"]`);
  if (!blank || !list) return null;
  const old = $("[data-log-item]", blank.content).dataset.logItem.split(":")[1];
  list.insertAdjacentHTML("beforeend", blank.innerHTML.replaceAll(old, id));
  const made = list.lastElementChild, hidden = $("[data-log-resolution]", made);
  if (hidden) hidden.value = [...form.querySelectorAll('[data-log-item^="resolution:"]')].map((one) => one.dataset.logItem).find(versionOf)?.split(":")[1] || "";
  untouched.set(`${kind}:${id}`, JSON.stringify(read(`${kind}:${id}`)));
  return made;
}

// crypto.randomUUID exists on HTTPS only; a village hall may have plain HTTP.
function newName() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// ------------------------------------------------------------------ writing
function changed(key, delay = 0) {
  const gone = $(`[name="${key}:gone"]`)?.checked || false, values = read(key);
  const nothing = gone || JSON.stringify(values) === untouched.get(key);
  if (!versionOf(key) && nothing) delete outbox[key];
  else outbox[key] = { values, gone, turn: (outbox[key]?.turn || 0) + 1 };
  keep();
  say(key, null);
  recount();
  show();
  later(delay);
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

// A new item is sent when its writer has left it: half an opinion would only be refused.
const beingWritten = (key) => !versionOf(key) && $(`[data-log-list] [data-log-item="${key}"]`)?.contains(document.activeElement);

async function flush(everything = false) {
  if (sending || closed) return;
  const ready = Object.entries(outbox).filter(([key, entry]) => !entry.held && (everything || !beingWritten(key))).slice(0, MOST_AT_ONCE);
  if (!ready.length) return show();
  sending = true;
  show();
  const items = ready.map(([key, { values, gone }]) => ({ kind: key.split(":")[0], id: key.split(":")[1], version: versionOf(key), values, gone }));
  try {
    const answer = await fetch(form.action, {
      method: "POST", redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify({ items }),
    });
    await heard(answer, ready);
  } catch { trouble = "offline"; }
  sending = false;
  show();
  if (trouble) {
    later(patience);
    patience = Math.min(patience * 2, LAST_PATIENCE);
  } else if (Object.entries(outbox).some(([key, entry]) => !entry.held && !beingWritten(key))) later(0);
}

async function heard(answer, ready) {
  if (answer.type === "opaqueredirect" || answer.status === 403) { trouble = "signed out"; return; }
  if (answer.status === 409) { closed = (await answer.json()).words; return; }
  if (answer.status === 400) { trouble = "refused"; return; }
  if (!answer.ok) { trouble = "server"; return; }
  const { answers } = await answer.json();
  trouble = "";
  patience = FIRST_PATIENCE;
  for (const [key, sent] of ready) settle(key, sent, answers[key.split(":")[1]]);
  keep();
  recount();
  fillScore();
}

function settle(key, sent, told) {
  if (!told) return;
  if (told.outcome === "refused") return hold(key, sent, () => say(key, [told.words]));
  if (told.outcome === "conflict") return hold(key, sent, () => compare(key, told.theirs));
  const isNew = !versionOf(key);
  const version = $(`[name="${key}:version"]`);
  if (version) version.value = told.version;
  if (outbox[key]?.turn === sent.turn) delete outbox[key];
  if (isNew && key.startsWith("resolution:")) each("[data-log-resolution]", (hidden) => {
    if (hidden.value) return;
    hidden.value = key.split(":")[1];
    const action = keyOf(hidden);
    if (versionOf(action) || outbox[action]) changed(action);
  });
}

// What was changed again meanwhile is simply sent again.
function hold(key, sent, tell) {
  if (outbox[key]?.turn !== sent.turn) return;
  outbox[key].held = true;
  tell();
}

// ------------------------------------------------------------------ what an item says: refused, or written otherwise elsewhere
function say(key, sentences) {
  const said = item(key) && [...form.querySelectorAll(`[data-log-item="${key}"] [data-log-said]`)][0];
  if (!said) return;
  said.replaceChildren(...(sentences || []).map((words) => {
    const line = element("p", "field__error");
    line.append(sign("alert"), element("span", "", words));
    return line;
  }));
}

function element(tag, css = "", text = "") {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.textContent = text;
  return made;
}

function sign(name) {
  const icon = $(".icon", bar).cloneNode(true), use = $("use", icon);
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${name}`));
  return icon;
}

function compare(key, theirs) {
  const mine = read(key), box = element("div", "log__theirs"), words = element("dl");
  box.setAttribute("role", "group");
  box.append(element("b", "", `${theirs.words}.`), words);
  for (const name of Object.keys(mine).filter((name) => name in theirs.values)) {
    const [ours, other] = [inWords(key, name, mine[name]), inWords(key, name, theirs.values[name])];
    if (ours === other) continue;
    words.append(element("dt", "", "Bản của tôi"), element("dd", "", ours), element("dt", "", "Bản kia"), element("dd", "", other));
  }
  if (theirs.gone) words.append(element("dt", "", "Bản kia"), element("dd", "", "đã bỏ mục này"));
  const mineButton = element("button", "btn", "Giữ bản của tôi"), theirButton = element("button", "btn", "Lấy bản kia");
  for (const button of [mineButton, theirButton]) button.type = "button";
  mineButton.addEventListener("click", () => resolve(key, theirs, true));
  theirButton.addEventListener("click", () => resolve(key, theirs, false));
  const row = element("div", "row");
  row.append(mineButton, theirButton);
  box.append(row);
  $("[data-log-said]", item(key)).replaceChildren(box);
}

function resolve(key, theirs, keepMine) {
  $(`[name="${key}:version"]`).value = theirs.version;
  if (!keepMine) {
    fill(key, theirs.values, theirs.gone);
    delete outbox[key];
    keep();
    say(key, null);
    recount();
    show();
  } else changed(key);
}

function inWords(key, name, value) {
  const control = $(`[name="${key}:${name}"]`);
  if (control?.type === "radio") {
    const face = [...controls(key)].find((one) => one.name === `${key}:${name}` && one.value === String(value));
    return face ? face.closest("label").innerText.replace(/\s+/g, " ").trim() : "chưa ghi";
  }
  if (control?.tagName === "SELECT") return [...control.options].find((option) => option.value === value)?.text || "chưa chọn";
  if (control?.type === "checkbox") return (value ? "có: " : "không: ") + control.closest("label").innerText.trim();
  return value === "" ? "để trống" : String(value);
}

// ------------------------------------------------------------------ the bar at the foot
const STATES = {
  saved: ["ok", "cloud-ok"], saving: ["mute", "refresh"], offline: ["warn", "cloud-off"], conflict: ["bad", "alert"],
};
let shown = "";

function show() {
  const wrong = new Set(Object.keys(outbox).filter((key) => outbox[key].held).map((key) => item(key)?.closest("[data-log-part]")?.dataset.logPart));
  each(".log__head, .log__way", (place) => {
    place.classList.toggle("log__head--wrong", wrong.has(place.dataset.logWay || place.parentElement.dataset.logPart));
  });
  const waiting = Object.values(outbox), held = waiting.filter((entry) => entry.held).length;
  if (closed) return draw("conflict", closed, waiting.length ? `${waiting.length} mục còn trên máy này` : "");
  const onDevice = `Đã giữ ${waiting.length} mục trên máy này`;
  if (trouble === "signed out") return draw("offline", "Phiên làm việc đã hết", `${onDevice}. Tải lại trang, đăng nhập là gửi tiếp.`);
  if (trouble === "full") return draw("offline", "Máy này hết chỗ giữ bản nháp", "Đừng đóng trang khi chưa thấy “Đã lưu”.");
  if (trouble) return draw("offline", trouble === "offline" ? "Mất mạng" : "Cổng chưa nhận được", `${onDevice}, có mạng là gửi.`);
  if (held) return draw("conflict", `Còn ${held} mục cần xem lại`, "Ở phần có vạch cam; sửa xong cổng lưu tiếp.");
  if (sending) return draw("saving", "Đang lưu…");
  if (waiting.length) return draw("saving", "Đang ghi", "Đã giữ trên máy này");
  const now = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  return draw("saved", shown ? `Đã lưu ${now}` : "Tự lưu khi ghi", "Mất mạng vẫn ghi được");
}

function draw(state, text, note = "") {
  const said = state === "saved" && shown.startsWith("saved") ? shown : `${state}|${text}|${note}`;
  if (said === shown) return;
  shown = said;
  const [tone, icon] = STATES[state];
  bar.dataset.tone = tone;
  bar.dataset.logState = state;
  bar.replaceChildren(sign(icon), element("b", "", text), ...(note ? [element("span", "", note)] : []));
}

// ------------------------------------------------------------------ counts that follow the hand
const hint = (part, words, done) => each(`[data-log-hint="${part}"]`, (place) => {
  place.textContent = words;
  const round = place.closest("summary, a").querySelector("[data-log-no]");
  round.classList.toggle("log__sign--done", done);
  round.replaceChildren(done ? sign("check") : round.dataset.logNo);
});
const share = (part, whole) => `${(Math.floor((part * 1000) / whole) / 10).toLocaleString("vi-VN")} %`;
const present = (kind) => [...form.querySelectorAll(`[data-log-item^="${kind}:"]`)].filter((one) => !$('[name$=":gone"]:checked', one));
const sum = (text) => Number(String(text).replace(/\D/g, ""));

function recount() {
  countRoll();
  countDues();
  const steps = present("agenda"), done = steps.filter((one) => $('[name$=":done"]', one).checked).length;
  if (steps.length) hint("noi-dung", `${done}/${steps.length} bước đã làm`, done === steps.length);
  const reviews = present("review"), seen = reviews.filter((one) => $("input:checked", one)).length;
  hint("viec-cu", `${seen}/${reviews.length} việc đã xét`, seen === reviews.length);
  const nothing = $('[name$=":nothing_raised"]').checked;
  const lists = { khach: ["guest"], "y-kien": ["opinion"], "bieu-quyet": ["vote"], "bieu-duong": ["remark"], "kien-nghi": ["proposal"], "ket-luan": ["resolution", "action"], "quyet-nghi": ["decision"] };
  for (const [part, kinds] of Object.entries(lists)) {
    const count = kinds.flatMap(present).filter((one) => versionOf(one.dataset.logItem) || outbox[one.dataset.logItem]).length;
    const silent = nothing && ["y-kien", "kien-nghi"].includes(part);
    hint(part, count ? `${count} mục đã ghi` : silent ? "Không có ý kiến, kiến nghị" : "Chưa ghi", count > 0 || silent);
  }
  const [begins, ends] = ["started_at", "ended_at"].map((name) => $(`[name^="meeting:"][name$=":${name}"]`).value);
  hint("thoi-gian", begins && ends ? `${begins} – ${ends}` : begins ? `Bắt đầu ${begins}` : "Chưa ghi", Boolean(begins && ends));
  each("[data-log-result]", countVotes);
  countScore();
}

function countRoll() {
  const tally = $("[data-log-tally]"), counts = { came: 0, excused: 0, absent: 0, unmarked: 0, expected: 0 };
  each('[data-log-item^="attendance:"][data-standing="expected"]', (row) => {
    const mark = $(":checked", row)?.value || "unmarked";
    counts[mark in counts ? mark : "came"] += 1;
    counts.expected += 1;
  });
  each("[data-count]", (place) => { place.textContent = counts[place.dataset.count]; }, tally);
  let from = 0;
  each("[data-bar]", (part) => {
    const width = counts.expected ? (100 * counts[part.dataset.bar]) / counts.expected : 0;
    part.setAttribute("x", `${from}%`);
    part.setAttribute("width", `${width}%`);
    from += width;
  }, tally);
  const { quorum, goal } = tally.dataset;
  if (counts.expected) $("[data-rate]", tally).textContent = share(counts.came, counts.expected);
  $("[data-quorum-words]", tally).textContent = counts.came >= quorum ? "Đủ số để họp." : `Cần ${quorum} có mặt mới đủ số để họp.`;
  $("[data-goal-words]", tally).textContent = counts.came >= goal ? "Đạt chỉ tiêu." : `Cần ${goal} để đạt chỉ tiêu.`;
  hint("diem-danh", counts.unmarked ? `Còn ${counts.unmarked} đồng chí chưa điểm danh` : `${counts.came}/${counts.expected} có mặt`, !counts.unmarked);
}

function countDues() {
  const rows = [...form.querySelectorAll('[data-log-item^="dues:"]')];
  if (!rows.length) return;
  const paid = rows.filter((row) => sum($('[name$=":paid"]', row).value) || $('[name$=":excused"]', row).checked).length;
  $("[data-log-sum]").textContent = rows.reduce((all, row) => all + sum($('[name$=":paid"]', row).value), 0).toLocaleString("vi-VN");
  hint("dang-phi", `${paid}/${rows.length} đồng chí đã nộp`, paid === rows.length);
}

function countVotes(result) {
  const one = result.closest("[data-log-item]"), typed = $('[name$=":in_favour"]', one).value;
  const needed = Number($('[name$=":majority"]:checked', one)?.dataset.needed);
  const words = `${sum(typed)}/${result.dataset.voters} cần ${needed}: ${sum(typed) >= needed ? "đạt" : "chưa đạt"}`;
  result.textContent = typed === "" ? "" : words;
}

// What fills itself is the portal's to say; what is asked, and what the branch scores otherwise, counts as it is tapped.
function countScore() {
  const part = $("[data-score]");
  if (!part) return;
  let total = 0, most = 0, left = 0, whole = true;
  each("[data-score-most]", (row) => {
    const own = read(row.dataset.logItem).points, filled = $("[data-score-points]", row), given = own || filled?.textContent || own;
    row.toggleAttribute("data-score-own", Boolean(own && filled));
    left += given === "";
    total += Number(given);
    most += Number(row.dataset.scoreMost);
    if (row.hasAttribute("data-score-full") && Number(given) < Number(row.dataset.scoreMost)) whole = false;
  }, part);
  const bands = part.dataset.scoreBands.split("|").map((band) => band.split("="));
  const place = bands.findIndex((band) => total >= Number(band[1])), band = bands[whole ? place : Math.min(Math.max(place, 1), bands.length - 1)][0];
  const agreed = $('[name^="quality:"][name$=":agreed"]').checked;
  $("[data-score-total]", part).textContent = total;
  $("[data-score-band]", part).textContent = band;
  $("[data-score-left]", part).textContent = left ? `còn ${left} tiêu chí chưa chấm` : "";
  hint("cham-diem", left ? `Còn ${left} tiêu chí chưa chấm` : `${total}/${most} điểm, ${band}${agreed ? "" : "; chưa thống nhất"}`, agreed && !left);
}

// After the log has changed: asked for while the branch looks at its score.
async function fillScore() {
  const part = $("[data-score]");
  if (!part?.closest("[open]")) return;
  const mine = ++asked;
  try {
    const answer = await fetch(part.dataset.score, { redirect: "manual" });
    if (!answer.ok) return;
    const { rows } = await answer.json();
    if (mine < heardOf) return; // a later question was answered before
    heardOf = mine;
    for (const [key, { points, reason }] of Object.entries(rows)) {
      const row = item(key);
      if (!row) continue;
      $("[data-score-points]", row).textContent = points;
      $("[data-score-reason]", row).textContent = reason;
    }
    countScore();
  } catch { /* the next look asks again */ }
}

// ------------------------------------------------------------------ what others saved meanwhile
async function listen() {
  if (document.hidden || sending || closed) return;
  try {
    const answer = await fetch(`${form.dataset.logNews}?tu=${stamp}`, { redirect: "manual" });
    if (!answer.ok) return;
    const told = await answer.json();
    told.items.forEach(learn);
    stamp = told.stamp;
    if (!told.open) closed = "Sổ của buổi họp này đã đóng.";
    if (trouble === "offline" || !trouble) flush();
    recount();
    if (closed) show();
  } catch { /* the next round asks again */ }
}

function learn({ kind, id, version, values, gone }) {
  const key = `${kind}:${id}`;
  if (outbox[key] || versionOf(key) >= version) return; // one's own words stay; the portal will show both
  if (!item(key) && !gone) add(kind, id);
  if (!item(key)) {
    if (!gone) draw("conflict", "Danh sách vừa thay đổi", "Tải lại trang để thấy; phần đã ghi vẫn còn.");
    return;
  }
  fill(key, values, gone);
  $(`[name="${key}:version"]`).value = version;
}

// ------------------------------------------------------------------ hands
function open(part) {
  each("[data-log-part]", (one) => { one.open = one.dataset.logPart === part; });
}

form.addEventListener("input", ({ target }) => { if (target.name?.includes(":")) changed(keyOf(target), target.matches("[type=radio], [type=checkbox], select") ? 0 : TYPING); });
form.addEventListener("focusout", () => later(50));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  flush(true);
});

form.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("[data-log-part]") || !target.open) return;
  history.replaceState(null, "", `?phan=${target.dataset.logPart}`);
  each("[data-log-way]", (way) => { way.toggleAttribute("aria-current", way.dataset.logWay === target.dataset.logPart); });
  each("[data-log-way][aria-current]", (way) => way.setAttribute("aria-current", "step"));
  if (target.getBoundingClientRect().top < 0) target.scrollIntoView();
  fillScore();
}, true);

form.addEventListener("click", async (event) => {
  const pressed = event.target.closest("[data-log-way], [data-log-add], [data-log-rest], [data-log-done], [data-log-paid], [data-log-time], .savebar a");
  if (!pressed) return;
  const { logWay, logAdd, logRest, logTime } = pressed.dataset;
  if (logWay) {
    event.preventDefault();
    open(logWay);
  } else if (logAdd) {
    add(logAdd, newName())?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  } else if (logRest) {
    each('[data-log-item^="attendance:"][data-standing="expected"]:not(:has(:checked))', (row) => tick($(`[value="${logRest}"]`, row)));
  } else if (pressed.matches("[data-log-done]")) each('[name$=":done"]:not(:checked)', tick);
  else if (pressed.matches("[data-log-paid]")) each('[data-log-item^="dues:"]', payWhole);
  else if (logTime) {
    $(`[name="${logTime}"]`).value = pressed.dataset.time || new Date().toTimeString().slice(0, 5);
    changed(keyOf($(`[name="${logTime}"]`)));
  } else await leave(event, pressed.href);
});

function tick(box) {
  box.checked = true;
  changed(keyOf(box));
}

function payWhole(row) {
  const [owed, paid] = ["owed", "paid"].map((name) => $(`[name$=":${name}"]`, row));
  if (sum(paid.value) || !sum(owed.value) || $('[name$=":excused"]', row).checked) return;
  paid.value = owed.value;
  changed(row.dataset.logItem);
}

async function leave(event, address) {
  if (!Object.keys(outbox).length) return;
  event.preventDefault();
  document.activeElement?.blur();
  for (let tries = 0; sending && tries < 50; tries += 1) await new Promise((wake) => { setTimeout(wake, 100); });
  await flush(true);
  if (!Object.keys(outbox).length) location.assign(address);
}

// ------------------------------------------------------------------ begin
each("[data-log-script]", (part) => { part.hidden = false; });
each("[data-log-plain]", (part) => part.remove());
each("[data-log-item]", (one) => { if (!versionOf(one.dataset.logItem)) untouched.set(one.dataset.logItem, JSON.stringify(read(one.dataset.logItem, asItCame))); });
each("[name*=':']:is(input, select, textarea)", (control) => { if (asItIs(control) !== asItCame(control)) early.add(control.name); });
for (const [key, entry] of Object.entries(outbox)) {
  const [kind, id] = key.split(":");
  entry.held = false;
  if (!item(key) && !entry.gone) add(kind, id);
  if (item(key)) fill(key, entry.values, entry.gone);
  else delete outbox[key];
}
new Set([...early].map((name) => keyOf({ name }))).forEach((key) => changed(key));
early.clear();
keep();
recount();
show();
if (location.hash) open(document.getElementById(location.hash.slice(1))?.closest("[data-log-part]")?.dataset.logPart || "diem-danh");
form.dataset.logReady = "";
addEventListener("online", () => { patience = FIRST_PATIENCE; later(0); });
addEventListener("focus", listen);
addEventListener("pagehide", () => flush(true));
document.addEventListener("visibilitychange", () => (document.hidden ? flush(true) : listen()));
setInterval(listen, NEWS_EVERY);
later(0);
