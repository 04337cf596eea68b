// An open dashboard asks every few seconds whether anything has moved; when it has, it fetches its parts again from its own
// address, so that it shows what a reload would show. Without this script the page stands as it was made.
const OFTEN = 4_500, SELDOM = 60_000; // milliseconds; with the fetching it shows within five seconds
const line = document.querySelector("[data-live]"), page = document.getElementById("noi-dung");
const [at, said] = line.children;
const byItself = { cache: "no-store", redirect: "manual", headers: { "X-Asked-By-Itself": "1" } };
const all = (kind) => [...page.querySelectorAll(kind)];
const write = (into, words) => { if (into.textContent !== words) into.textContent = words; };
let pause = OFTEN, timer = 0, renewed = false, clock = at.textContent.match(/\d\d:\d\d/)[0];

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  const mark = document.getElementById("live").dataset.liveMark, began = Date.now();
  try {
    const answer = await fetch(line.dataset.live, { ...byItself, headers: { ...byItself.headers, "If-None-Match": `"${mark}"` } });
    if (answer.type === "opaqueredirect") return write(said, "Đã hết phiên làm việc: tải lại trang để đăng nhập.");
    if (answer.status === 403 || answer.status === 404) return write(said, "Đồng chí không còn xem được trang này.");
    const moved = answer.status !== 304;
    if (moved && !answer.ok) throw answer.status;
    if (moved && (isBusy() || !await renew())) return next("Có số liệu mới, đang chờ đồng chí xong việc.");
    clock = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    next(moved ? "Vừa có số liệu mới." : "", Math.min(SELDOM, Math.max(OFTEN, 10 * (Date.now() - began)))); // less often of a portal that is busy
  } catch (trouble) {
    const why = trouble instanceof TypeError ? "Mất mạng" : "Cổng chưa trả lời được";
    next(`${why}: số liệu đứng ở lúc ${clock}, được lại sẽ tự cập nhật.`, Math.min(pause * 2, SELDOM));
  }
}
function next(words, wait = OFTEN) {
  write(at, `Cập nhật lúc ${clock}`);
  write(said, words);
  timer = setTimeout(ask, (pause = wait) * (.9 + Math.random() / 10)); // not all at the same moment
}
async function renew() {
  const answer = await fetch(location.href, byItself);
  if (!answer.ok) throw answer.status;
  const html = await answer.text();
  if (isBusy()) return false; // since it was asked for
  const putBack = keep();
  renewed = true;
  for (const select of [".masthead", "#live"]) htmx.swap(select, html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 }, { select });
  putBack();
  return true;
}
// What somebody writes, presses or reads in a dialog is not taken from under their hands; nor what is open, where one stands.
const isBusy = () => all("dialog[open], #live:active, #live :is(input, textarea):focus").length > 0;
function keep() {
  const wide = "[role=region], [tabindex]", kinds = "a, button, summary, select, [tabindex]", here = document.activeElement;
  const open = all("details").map((one) => one.open), sideways = all(wide).map((one) => one.scrollLeft), [left, top] = [scrollX, scrollY];
  const place = all(kinds).indexOf(here), address = here.getAttribute("href");
  return () => {
    all("details").forEach((one, number) => { one.open = open[number] ?? one.open; });
    all(wide).forEach((one, number) => { one.scrollLeft = sideways[number] ?? 0; });
    scrollTo({ left, top, behavior: "instant" });
    const same = all(kinds).find((one) => address && one.getAttribute("href") === address) || all(kinds)[place];
    if (place >= 0 && !here.isConnected) same?.focus({ preventScroll: true });
  };
}
document.addEventListener("htmx:configRequest", ({ detail }) => { // what fresh parts ask for as they load is nobody's visit
  if (renewed && !detail.triggeringEvent) Object.assign(detail.headers, byItself.headers);
});
document.addEventListener("visibilitychange", ask);
next("");
