// The page: two phones, the reasons between them, the day.

import { vietnamese } from "./dom.js";
import { post, watch } from "./net.js";
import { Phone } from "./phone.js";
import { Reasons } from "./reasons.js";

const get = (id) => document.getElementById(id);
const sides = ["resident", "officer"];

const phones = Object.fromEntries(sides.map((side) => [side, new Phone(get(side), side, select)]));
const reasons = new Reasons(get("reasons"));
const main = document.querySelector("main");

// Who is in view, and what has been seen of whose chats, belong to this tab.
const kept = JSON.parse(sessionStorage.getItem("policybot") ?? "null") ?? { view: { resident: [1001, 0], officer: [2001, 0] }, seen: null };
const keep = () => sessionStorage.setItem("policybot", JSON.stringify(kept));

let people = [], newest = [], bot = "", today = "", day = "", stop = () => {}, wasLost = false;

function select(side, user, chat) {
  kept.view[side] = [user, chat];
  keep();
  connect();
}

function connect() {
  stop();
  const query = new URLSearchParams();
  for (const side of sides) {
    query.set(side, kept.view[side][0]);
    if (kept.view[side][1]) query.set(`${side}_chat`, kept.view[side][1]);
  }
  stop = watch(`events?${query}`, look, line);
}

// look takes in an event.
function look(event) {
  if (event.first) {
    ({ people, bot } = event);
    for (const side of sides) {
      const [user, chat] = kept.view[side];
      const person = people.find((p) => p.id === user) ?? people.find((p) => p.role === side);
      const draft = phones[side].user === person.id ? phones[side].text.value : "";
      phones[side].hold(person, chat || person.id, bot);
      phones[side].text.value = draft;
    }
    reasons.clear();
  }
  newest = event.newest ?? [];
  sides.forEach((side, i) => phones[side].show(event.phones[i], event.first));
  reasons.add(event.turns);
  see();
  showDay(event.today, event.day ?? "");
}

// see notes what has been seen, and marks what has not.
function see() {
  kept.seen ??= Object.fromEntries(newest.map((n) => [`${n.user} ${n.chat}`, n.message]));
  const isNarrow = getComputedStyle(document.querySelector(".tabs")).display !== "none";
  for (const side of sides) {
    const isInView = !isNarrow || main.dataset.tab === side;
    const phone = phones[side];
    const own = newest.find((n) => n.user === phone.user && n.chat === phone.chat);
    const key = `${phone.user} ${phone.chat}`;
    const tab = document.querySelector(`.tabs [data-tab="${side}"]`);
    if (own && isInView) kept.seen[key] = own.message;
    tab.classList.toggle("news", !isInView && isNewer(own));
  }
  keep();
  for (const side of sides) offer(side);
}

const isNewer = (n) => n && n.message > (kept.seen[`${n.user} ${n.chat}`] ?? 0);

function offer(side) {
  const phone = phones[side];
  const mark = (some) => (some.some(isNewer) ? " • tin mới" : "");
  phone.offer(
    people.filter((p) => p.role === side).map((p) => ({ id: p.id, label: p.name + (p.id === phone.user ? "" : mark(newest.filter((n) => n.user === p.id))) })),
    newest.filter((n) => n.user === phone.user).map((n) => ({ id: n.chat, label: (n.title || "Chat riêng với bot") + (n.chat === phone.chat ? "" : mark([n])) })));
}

const weekday = new Intl.DateTimeFormat("vi-VN", { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });

function showDay(real, travelled) {
  if (real === today && travelled === day) return;
  [today, day] = [real, travelled];
  if (document.activeElement !== get("day") || get("day").value === "") get("day").value = day || today;
  get("day-name").textContent = weekday.format(Date.parse(day || today)); // a browser may write days its own way
  document.body.classList.toggle("is-away", day !== "");
  get("travelled").hidden = day === "";
  get("travelled").firstElementChild.textContent = day && `Đang hỏi như ngày ${vietnamese(day)}, thật ra là ${vietnamese(today)}. Giờ gửi tin và hạn xử lý theo đồng hồ thật.`;
}

// travel sets the day that questions are asked on; "": the real one.
async function travel(to) {
  try {
    await post("day", { day: to });
    get("day").value = to || today;
  } catch (error) {
    tell(error.message);
  }
}

// line tells how the connection is.
function line(isOpen) {
  if (!isOpen) {
    wasLost = true;
    return tell("Mất liên lạc với máy chạy bot. Trang đang tự nối lại…");
  }
  get("trouble").hidden = true;
  if (wasLost) phones.resident.toast("Đã nối lại.");
  wasLost = false;
}

function tell(text) {
  get("trouble").textContent = text;
  get("trouble").hidden = false;
}

function openTab(name) {
  main.dataset.tab = name;
  for (const tab of document.querySelectorAll(".tabs button")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (phones[name]?.stays) phones[name].toEnd();
  if (newest.length) see();
}

get("day").onchange = ({ target }) => {
  if (target.validity.valid && target.value !== (day || today)) travel(target.value === today ? "" : target.value);
};
get("day").onblur = ({ target }) => { if (!target.validity.valid) target.value = day || today; };
get("real-day").onclick = () => travel("");
get("next-year").onclick = () => travel(`${Number((day || today).slice(0, 4)) + 1}-01-02`);
get("restart").onclick = () => get("restart-dialog").showModal();
get("restart-dialog").onclose = async ({ target }) => {
  if (target.returnValue !== "yes") return;
  target.returnValue = "";
  try {
    await post("restart", {});
    kept.seen = {};
    keep();
  } catch (error) {
    tell(error.message);
  }
};
for (const tab of document.querySelectorAll(".tabs button")) tab.onclick = () => openTab(tab.dataset.tab);
for (const skip of document.querySelectorAll(".skip")) {
  skip.onclick = (event) => {
    event.preventDefault();
    const field = get(skip.hash.slice(1));
    openTab(field.closest("section").id);
    field.focus();
  };
}
// A browser holds six connections to one address open at most: a tab that nobody looks at lets go of
// its own.
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : connect()));

connect();
