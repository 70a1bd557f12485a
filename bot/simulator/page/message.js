// One message of a chat.

import { make, timeOf } from "./dom.js";
import { formatted } from "./text.js";

const media = {
  document: "📄", voice: "🎤 Tin thoại", audio: "🎵", video: "🎞 Video", animation: "🎞", video_note: "🎞 Video", sticker: "Nhãn dán",
};

// message returns a message as the person sees it. act is what can be done with it: command, link and
// press(message, button, element).
export function message(m, mine, inGroup, act) {
  const event = eventOf(m);
  if (event) return make("p", { className: "event" }, event);
  return make("div", { className: mine ? "bubble mine" : "bubble" },
    make("div", { className: "said" },
      make("span", { className: "hidden" }, `${mine ? "Đã gửi" : m.from?.first_name ?? "Bot"}: `),
      inGroup && !mine ? make("p", { className: "by" }, m.from?.first_name ?? "") : null,
      m.reply_to_message ? make("p", { className: "reply" }, m.reply_to_message.text ?? m.reply_to_message.caption ?? "…") : null,
      mediumOf(m),
      m.contact ? make("p", { className: "medium" }, `☎ ${m.contact.first_name}: ${m.contact.phone_number}`) : null,
      m.location ? make("p", { className: "medium" }, `📍 ${m.location.latitude}, ${m.location.longitude}`) : null,
      m.text ? make("div", { className: "text" }, formatted(m.text, m.entities, act)) : null,
      m.caption ? make("div", { className: "text" }, formatted(m.caption, m.caption_entities, act)) : null,
      stamp(m)),
    buttonsOf(m, act));
}

function stamp(m) {
  const time = timeOf(m.date);
  if (m.edit_date) time.prepend("đã sửa · ");
  return time;
}

function eventOf(m) {
  const name = (u) => u.first_name;
  if (m.new_chat_members) return `${m.new_chat_members.map(name).join(", ")} vào nhóm`;
  if (m.left_chat_member) return `${name(m.left_chat_member)} rời nhóm`;
  if (m.migrate_to_chat_id || m.migrate_from_chat_id) return "Nhóm được nâng cấp";
  return "";
}

function mediumOf(m) {
  const address = (file) => `file?id=${encodeURIComponent(file.file_id)}`;
  if (m.photo) {
    const file = m.photo[m.photo.length - 1];
    return make("img", { src: address(file), alt: m.caption ? "" : "Ảnh", loading: "lazy" });
  }
  for (const [kind, name] of Object.entries(media)) {
    if (!m[kind]) continue;
    return make("p", { className: "medium" },
      make("a", { href: address(m[kind]), download: m[kind].file_name ?? kind }, `${name} ${m[kind].file_name ?? m[kind].emoji ?? ""}`.trim()));
  }
  return null;
}

function buttonsOf(m, act) {
  const rows = m.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return make("div", { className: "buttons", role: "group", "aria-label": "Nút bấm" },
    rows.map((row) => make("div", {}, row.map((button) => {
      const element = make("button", { type: "button" }, button.text, button.url ? " ↗" : "");
      element.onclick = () => act.press(m, button, element);
      return element;
    }))));
}
