// Formatted text as Telegram tells of it: a text and entities, counted in UTF-16 units as JavaScript
// counts too.

import { make } from "./dom.js";

const tags = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// formatted returns the text as nodes. act.command(text) is for commands in it, act.link(url) returns
// what a link of the bot's own does instead of opening; null: nothing else.
export function formatted(text, entities, act) {
  const all = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, all, 0, text.length, act);
}

function nodes(text, entities, from, until, act) {
  const out = [];
  let at = from;
  while (entities.length && entities[0].offset < until) {
    const entity = entities.shift();
    const end = Math.min(entity.offset + entity.length, until);
    if (entity.offset > at) out.push(text.slice(at, entity.offset));
    out.push(element(entity, text.slice(entity.offset, end), nodes(text, entities, entity.offset, end, act), act));
    at = end;
  }
  if (at < until) out.push(text.slice(at, until));
  return out;
}

function element(entity, plain, children, act) {
  if (tags[entity.type]) return make(tags[entity.type], {}, children);
  switch (entity.type) {
    case "text_link": return link(entity.url, children, act);
    case "url": return link(/^[a-z]+:/i.test(plain) ? plain : `https://${plain}`, children, act);
    case "email": return link(`mailto:${plain}`, children, act);
    case "phone_number": return link(`tel:${plain.replace(/[^+\d]/g, "")}`, children, act);
    case "bot_command": return make("button", { type: "button", className: "as-link", onclick: () => act.command(plain) }, children);
    case "spoiler": return make("span", { className: "spoiler", tabIndex: 0 }, children);
    default: return make("span", {}, children);
  }
}

const safe = ["http:", "https:", "mailto:", "tel:", "tg:"];

// addressOf reads an address; null: it is none, or of a kind that could be a script.
export function addressOf(url) {
  let parsed;
  try { parsed = new URL(url); } catch { return null; }
  return safe.includes(parsed.protocol) ? parsed : null;
}

// link stays text where its address is not to be opened.
function link(url, children, act) {
  const parsed = addressOf(url);
  if (!parsed) return make("span", {}, children);
  const own = act.link(parsed);
  if (own) return make("button", { type: "button", className: "as-link", onclick: own }, children);
  return make("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, children);
}
