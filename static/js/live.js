// An open dashboard asks every few seconds whether anything has moved; when it has, it fetches its parts again from its own
// address, so that it shows what a reload would show. Without this script the page stands as it was made.
const line = document.querySelector("[data-live]");
const at = line.querySelector("[data-live-at]"), said = line.querySelector("[data-live-said]");
const OFTEN = 4_500, SELDOM = 60_000; // with the fetching it shows within five seconds
const byItself = { cache: "no-store", redirect: "manual", headers: { "X-Asked-By-Itself": "1" } };
const part = () => document.getElementById("live");
const write = (into, words) => { if (into.textContent !== words) into.textContent = words; };
let pause = OFTEN, timer = 0, clock = at.textContent.match(/\d\d:\d\d/)[0];

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  const known = { ...byItself.headers, "If-None-Match": `"${part().dataset.liveMark}"` };
  try {
    const answer = await fetch(line.dataset.live, { ...byItself, headers: known });
    if (answer.type === "opaqueredirect") return stop("Đã hết phiên làm việc: tải lại trang để đăng nhập.");
    if (answer.status === 403 || answer.status === 404) return stop("Đồng chí không còn xem được trang này.");
    if (answer.status !== 304 && !answer.ok) throw answer.status;
    if (answer.status !== 304 && isBusy()) return next("Có số liệu mới, đang chờ đồng chí nhập xong.");
    if (answer.status !== 304) await renew();
    clock = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    next(answer.status === 304 ? "" : "Vừa có số liệu mới.");
  } catch (trouble) {
    const why = trouble instanceof TypeError ? "Mất mạng" : "Cổng chưa trả lời được";
    next(`${why}: số liệu đứng ở lúc ${clock}, được lại sẽ tự cập nhật.`, Math.min(pause * 2, SELDOM));
  }
}

function next(words, wait = OFTEN) {
  write(at, `Cập nhật lúc ${clock}`);
  write(said, words);
  pause = wait;
  timer = setTimeout(ask, wait * (.9 + Math.random() / 10)); // not all at the same moment
}

function stop(words) { write(said, words); }

async function renew() {
  const page = await fetch(location.href, byItself);
  if (!page.ok) throw page.status;
  const html = await page.text(), open = unfolded(), focus = focused(), scrolled = [scrollX, scrollY];
  htmx.swap("#live", html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 }, { select: "#live" });
  part().querySelectorAll("details").forEach((one, place) => { one.open = open[place] ?? one.open; });
  if (focus && document.activeElement === document.body) focus()?.focus({ preventScroll: true });
  scrollTo({ left: scrolled[0], top: scrolled[1], behavior: "instant" });
}

// What somebody is writing, or reading in a dialog, is not taken from under their hands.
const isBusy = () => Boolean(part().querySelector("dialog[open], :is(input, textarea):focus"));
const unfolded = () => [...part().querySelectorAll("details")].map((one) => one.open);

function focused() {
  const all = () => [...part().querySelectorAll("a, button, summary, select, [tabindex]")];
  const place = all().indexOf(document.activeElement), address = document.activeElement.getAttribute("href");
  return place < 0 ? null : () => all().find((one) => address && one.getAttribute("href") === address) || all()[place];
}

document.addEventListener("visibilitychange", ask);
next("");
