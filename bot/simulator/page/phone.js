// A phone: one person, one chat with the bot open.

import { make } from "./dom.js";
import { message } from "./message.js";
import { post } from "./net.js";
import { addressOf } from "./text.js";

const longest = 5 << 20; // bytes of a file

export class Phone {
  // root is the section of the page, side "resident" or "officer"; select() is called when another
  // person or chat is chosen.
  constructor(root, side, select) {
    this.root = root;
    this.side = side;
    this.select = select;
    root.append(document.getElementById("phone").content.cloneNode(true));
    this.find = (name) => root.querySelector(`.${name}`);
    this.log = this.find("log");
    this.text = root.querySelector("textarea");
    this.text.id = `${side}-say`;
    this.shown = new Map(); // message id -> element
    this.act = { command: (text) => this.say(text), link: (url) => this.own(url), press: (...press) => this.press(...press) };
    this.listen();
  }

  listen() {
    this.find("compose").onsubmit = (event) => { event.preventDefault(); this.sayTyped(); };
    this.text.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sayTyped();
    };
    this.text.oninput = () => this.fit();
    this.find("person").onchange = (event) => this.select(this.side, Number(event.target.value), 0);
    this.find("chat").onchange = (event) => this.select(this.side, this.user, Number(event.target.value));
    this.find("attach").onclick = () => this.find("file").click();
    this.find("file").onchange = (event) => this.sendFile(event.target);
    this.find("commands").onclick = () => this.openMenu();
    this.find("down").onclick = () => { this.toEnd(); this.log.focus(); };
    this.log.onscroll = () => {
      this.stays = this.isAtEnd();
      if (this.stays) this.find("down").hidden = true;
    };
    new ResizeObserver(() => { if (this.stays) this.toEnd(); }).observe(this.log); // a strip, a tab, a keyboard
  }

  // hold gives the phone to a person.
  hold(person, chat, bot) {
    this.user = person.id;
    this.chat = chat;
    this.person = person;
    this.bot = bot;
    this.shown.clear();
    this.hasAsked = false;
    this.log.replaceChildren();
    this.log.setAttribute("aria-live", "off");
    this.log.setAttribute("aria-label", `Tin nhắn của ${person.name}`);
    this.text.setAttribute("aria-label", `${person.name} nhắn`);
    this.find("face").textContent = person.name.split(" ").at(-1).slice(0, 1);
    this.find("about").textContent = person.about;
    this.find("down").hidden = true;
    this.type("");
  }

  // offer lists people and chats to choose from; each has id, label.
  offer(people, chats) {
    fill(this.find("person"), people, this.user);
    fill(this.find("chat"), chats, this.chat);
    this.find("chats").hidden = chats.length < 2;
  }

  // show brings the phone up to date.
  show(phone, isFirst) {
    const atEnd = isFirst || this.stays || this.awaits;
    for (const [id, element] of this.shown) {
      if (phone.order.includes(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    let mine = false, fresh = null;
    for (const m of phone.messages) {
      const isMine = m.from?.id === this.user;
      const element = message(m, isMine, m.chat.type !== "private", this.act);
      this.hasAsked ||= isMine && !m.text?.startsWith("/");
      const old = this.shown.get(m.message_id);
      this.shown.set(m.message_id, element);
      if (old) this.replace(old, element);
      else { this.find("start")?.remove(); this.log.append(element); fresh = element; mine ||= isMine; }
    }
    if (!this.shown.size) this.invite();
    this.showTyping(phone.typing);
    this.showKeys(phone.keyboard);
    this.commands = phone.commands ?? [];
    this.find("commands").hidden = !this.commands.length;
    this.showTries();
    if (mine || (atEnd && phone.messages.length)) this.toEnd(isFirst || mine ? null : fresh);
    if (fresh && !mine) this.awaits = false;
    else if (fresh) this.find("down").hidden = false;
    if (isFirst) requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  // replace puts an edited message in the place of the old one, and keeps the focus.
  replace(old, element) {
    const buttons = [...old.querySelectorAll(".buttons button")];
    const i = buttons.indexOf(document.activeElement);
    old.replaceWith(element);
    if (i < 0) return;
    const now = element.querySelectorAll(".buttons button");
    (now[Math.min(i, now.length - 1)] ?? this.log).focus();
  }

  showTyping(isTyping) {
    const box = this.find("typing");
    if (Boolean(isTyping) === box.childElementCount > 0) return;
    box.replaceChildren(...(isTyping ? [make("span", {}, "Bot đang soạn tin…")] : []));
  }

  invite() {
    if (this.find("start")) return;
    const begin = make("button", { type: "button", className: "strong" }, "Bắt đầu");
    begin.onclick = () => { this.do({ do: "start" }); this.text.focus(); };
    this.log.append(make("div", { className: "start" },
      make("p", {}, this.side === "resident" ? "Chưa có tin nào. Bấm Bắt đầu, hoặc gõ luôn câu hỏi." : "Chưa có tin nào."), begin));
  }

  showKeys(keyboard) {
    const text = JSON.stringify(keyboard ?? null);
    if (text === this.keyboard) return;
    this.keyboard = text;
    this.find("keys").replaceChildren(...(keyboard?.keyboard ?? []).map((row) => make("div", {}, row.map((key) =>
      make("button", { type: "button", onclick: () => this.do({ do: "press", text: key.text }) }, key.text)))));
    this.text.placeholder = keyboard?.input_field_placeholder || "Nhắn tin…";
  }

  showTries() {
    const tries = this.hasAsked ? [] : this.person.tries ?? [];
    const box = this.find("tries");
    if (box.childElementCount === tries.length) return;
    box.replaceChildren(...tries.map((text) => make("button", { type: "button", onclick: () => { this.say(text); this.text.focus(); } }, text)));
  }

  openMenu() {
    const menu = this.find("menu");
    menu.replaceChildren(...this.commands.map((c) => make("button", {
      type: "button", onclick: () => { menu.hidePopover(); this.say(`/${c.command}`); this.text.focus(); },
    }, make("b", {}, `/${c.command}`), ` ${c.description}`)));
    menu.showPopover();
    const at = this.find("commands").getBoundingClientRect();
    menu.style.left = `${at.left}px`;
    menu.style.top = `${Math.max(8, at.top - menu.offsetHeight - 8)}px`;
    menu.querySelector("button")?.focus();
  }

  // sayTyped sends what was typed, after whatever is still under way. What cannot be sent comes back.
  sayTyped() {
    const action = { do: "send", text: this.text.value, user: { id: this.user }, chat: this.chat };
    if (!action.text.trim()) return;
    this.type("");
    this.sent = Promise.resolve(this.sent).then(async () => {
      this.find("compose").setAttribute("aria-busy", "true");
      if (!await this.do(action)) this.type([this.text.value, action.text].filter(Boolean).join("\n"));
      this.find("compose").removeAttribute("aria-busy");
    });
  }

  // type sets what stands in the field.
  type(text) {
    this.text.value = text;
    this.fit();
  }

  // fit makes the field as high as its text, up to six lines.
  fit() { this.text.rows = Math.min(6, this.text.value.split("\n").length); }

  say(text) { return this.do({ do: "send", text }); }

  // own makes a press of a link to our bot: it starts it with the link's argument.
  own(url) {
    if (url.hostname !== "t.me" || url.pathname !== `/${this.bot}`) return null;
    return () => this.do({ do: "start", text: url.searchParams.get("start") ?? "" });
  }

  async press(m, button, element) {
    if (button.url) {
      const address = addressOf(button.url);
      const own = address && this.own(address);
      return own ? own() : address && window.open(address, "_blank", "noopener,noreferrer");
    }
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text);
      return this.toast("Đã chép.");
    }
    element.setAttribute("aria-busy", "true");
    await this.do({ do: "press_data", message: m.message_id, text: button.callback_data });
    element.removeAttribute("aria-busy");
  }

  async sendFile(input) {
    const file = input.files[0];
    if (!file) return;
    if (file.size > longest) { input.value = ""; return this.toast("Tệp lớn quá: trang thử này chỉ nhận tới 5 MB."); }
    const data = await base64(file);
    input.value = "";
    const kind = /^image\/(png|jpeg|gif)$/.test(file.type) ? "photo" : file.type.startsWith("audio/") ? "voice" : "document";
    await this.do({ do: "file", kind, name: file.name, data, text: this.text.value.trim() }) && this.type("");
  }

  // do does something on this phone, and tells whether it was taken.
  async do(action) {
    this.awaits = true; // who does something wants to see what comes of it
    try {
      const answer = await post("act", { user: { id: this.user }, chat: this.chat, ...action });
      if (answer.text) this.toast(answer.text);
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  toast(text) {
    const toast = this.find("toast");
    toast.hidden = false;
    toast.textContent = text;
    clearTimeout(this.untoast);
    this.untoast = setTimeout(() => { toast.hidden = true; }, 2500 + text.length * 50);
  }

  isAtEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80; }

  // toEnd scrolls to the newest message; of one that is too long for the screen the beginning shows.
  toEnd(fresh) {
    this.log.scrollTop = this.log.scrollHeight;
    this.stays = true;
    const start = fresh?.querySelector(".said");
    if (start && fresh.offsetHeight > this.log.clientHeight) {
      this.log.scrollTop = fresh.offsetTop - this.log.offsetTop - 12;
      this.stays = false;
    }
    this.find("down").hidden = true;
  }
}

// fill sets the choices of a select, touching nothing where nothing changed: it may be open.
function fill(select, choices, chosen) {
  const text = JSON.stringify(choices);
  if (select.dataset.choices !== text) {
    select.dataset.choices = text;
    select.replaceChildren(...choices.map((c) => make("option", { value: c.id }, c.label)));
  }
  select.value = chosen;
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
