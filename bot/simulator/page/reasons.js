// Why the bot said what it said: one turn at a time.

import { make } from "./dom.js";

const outcomes = {
  answered: ["Trả lời được", ""], partial: ["Trả lời được một phần", ""],
  clarify: ["Hỏi lại một câu", "ask"], cannot_conclude: ["Chưa kết luận được", "ask"],
  no_evidence: ["Không có căn cứ", "none"], out_of_scope: ["Ngoài phạm vi", "none"],
  crisis: ["Khẩn cấp", "none"], guarded: ["Từ chối", "none"],
  social: ["Chào hỏi", "plain"], step: ["Một bước", "plain"], rate_limited: ["Nhắn quá nhanh", "none"], failed: ["Máy trục trặc", "none"],
};
const steps = {
  clean: "Đọc câu hỏi", danger: "Nguy hiểm?", manners: "Chào hỏi?", place: "Địa phương", retrieve: "Tìm kiếm",
  bill: "Viện phí", household: "Xét hộ", province: "Tỉnh khác?", decide: "Quyết định",
};
const kinds = {
  group: "ai", subject: "chuyện gì", aspect: "mặt nào", crisis: "nguy hiểm", abuse: "không đi theo", social: "xã giao", beyond: "ngoài phạm vi",
  word: "", pair: "cặp", "bare word": "không dấu", "bare pair": "cặp không dấu", text: "", notion: "",
};
const confidence = { A: "đã đối chiếu văn bản gốc", B: "chưa đối chiếu văn bản gốc", C: "chưa xác nhận" };
const notes = {
  "not-checked": "Chưa đối chiếu văn bản gốc", changes: "Sắp đổi", "known-to": "Chỉ biết đến", "new-rule": "Quy định mới", stale: "Lâu chưa kiểm lại",
};
const states = { "": "mới", sent: "chờ nhận", accepted: "đã nhận", waiting: "chờ bổ sung", closed: "đã đóng", cancelled: "đã hủy" };
const sent = { voice: "tin thoại", photo: "ảnh", file: "tệp", sticker: "nhãn dán", contact: "danh thiếp", location: "vị trí", edited: "sửa tin cũ" };

export class Reasons {
  constructor(root) {
    this.box = root.querySelector("#why");
    this.place = root.querySelector("#turn-place");
    this.before = root.querySelector("#turn-before");
    this.after = root.querySelector("#turn-after");
    this.before.onclick = () => this.show(this.at - 1);
    this.after.onclick = () => this.show(this.at + 1);
    this.clear();
  }

  // clear forgets all turns: another person, or a new connection.
  clear() {
    this.turns = [];
    this.show(-1);
  }

  // add takes in new turns and shows the newest.
  add(turns) {
    if (!turns?.length) return;
    this.turns.push(...turns);
    this.show(this.turns.length - 1);
  }

  show(at) {
    this.at = at;
    const turn = this.turns[at];
    this.before.disabled = at < 1;
    this.after.disabled = at >= this.turns.length - 1;
    this.place.textContent = turn ? `lượt ${at + 1}/${this.turns.length}` : "";
    this.box.replaceChildren(...(turn ? tell(turn) : [make("p", { className: "empty" },
      "Hỏi một câu bên điện thoại của bà con. Ở đây sẽ hiện bot hiểu gì, tìm thấy gì, căn cứ nào, mất bao lâu.")]));
    this.box.scrollTop = 0;
  }
}

function tell(t) {
  return [outcome(t), understood(t), moves(t), facts(t), rule(t), provisions(t), found(t), time(t)].filter(Boolean);
}

function part(title, ...children) {
  return make("section", {}, make("h3", {}, title), children);
}

function outcome(t) {
  const [name, kind] = outcomes[t.outcome] ?? [t.outcome, "plain"];
  return make("section", {},
    make("p", {}, make("span", { className: `outcome ${kind}` }, name), " ", make("code", { className: "aside" }, t.outcome)),
    t.card ? make("p", { className: "aside" }, `Thẻ trả lời: ${t.card}`) : null,
    t.referral ? make("p", { className: "aside" }, "Bước tiếp theo: gửi cán bộ") : null);
}

function understood(t) {
  const what = t.pressed ? `bấm nút “${t.pressed}”` : t.sent ? `gửi ${sent[t.sent] ?? "thứ khác"}` : t.asked ? `“${t.asked}”` : "";
  return part("HIỂU CÂU HỎI",
    make("p", {}, what),
    t.understood ? make("p", {}, "→ ", make("strong", {}, t.understood)) : null,
    t.doubtful ? make("p", { className: "aside" }, "Có thể hiểu khác, nên bot nói rõ cách hiểu và cho sửa.") : null,
    make("p", { className: "aside" }, t.about ? `Hỏi ngày ${t.asked_on}, cho ngày ${t.about}` : `Hỏi ngày ${t.asked_on}`),
    t.words?.length ? make("ul", { className: "words" }, t.words.map((w) => make("li", {}, w.name, " ", make("small", {}, kinds[w.kind] ?? w.kind)))) : null);
}

function moves(t) {
  return t.moves?.length ? part("PHIẾU", t.moves.map((m) => make("p", {},
    make("strong", {}, m.code), `: ${states[m.from ?? ""] ?? m.from} → ${states[m.to] ?? m.to} `,
    make("code", { className: "aside" }, `${m.event} · ${m.desk}`)))) : null;
}

function facts(t) {
  return t.flow ? part("ĐANG HỎI TỪNG CÂU", make("p", { className: "aside" }, make("code", {}, t.flow)),
    make("dl", { className: "terms" }, (t.facts ?? []).map((f) => [make("dt", {}, f.name), make("dd", {}, f.value)]).flat())) : null;
}

function rule(t) {
  return t.rule?.length ? part("LUẬT TÍNH", make("ul", { className: "rule" }, t.rule.map((line) => make("li", {}, line)))) : null;
}

function provisions(t) {
  if (!t.provisions?.length && !t.notes?.length) return null;
  return part("CĂN CỨ",
    make("ul", { className: "provisions" }, (t.provisions ?? []).map((p) => make("li", {},
      make("strong", {}, p.source),
      make("p", {}, p.title),
      make("p", { className: "aside" }, [
        p.from ? `Áp dụng từ ${p.from}${p.until ? ` đến ${p.until}` : ""}` : "", confidence[p.confidence] ?? p.confidence, p.confirmed ? `xem lại ${p.confirmed}` : "",
      ].filter(Boolean).join(" · "))))),
    (t.notes ?? []).map((n) => make("p", { className: "aside" }, `⚠ ${notes[n.kind] ?? n.kind}${n.text ? ` – ${n.text}` : ""}${n.from ? ` (${n.from})` : ""}`)));
}

function found(t) {
  if (!t.found?.length) return null;
  return part("TÌM THẤY",
    make("ol", { className: "found" }, t.found.map((f) => make("li", {}, make("details", {},
      make("summary", {}, make("span", {}, f.ask || f.card), make("b", {}, f.score.toFixed(2)), bar(f.score, t.sure)),
      make("dl", { className: "terms" },
        make("dt", { className: "head" }, `Độ khớp ${f.score.toFixed(2)} – thẻ ${f.card}`),
        rows(f.parts, 3),
        make("dt", { className: "head" }, `Điểm BM25 ${f.index.toFixed(2)}`),
        rows(f.terms, 2)))))),
    make("p", { className: "aside" }, `Từ ${t.sure} điểm thì trả lời, từ ${t.likely} thì hỏi lại.`));
}

function rows(parts, digits) {
  return (parts ?? []).filter((p) => !p.term.startsWith("qq")).map((p) => [
    make("dt", { className: p.kind === "notion" ? "notion" : "" }, p.term, kinds[p.kind] ? ` (${kinds[p.kind]})` : ""),
    make("dd", {}, p.score.toFixed(digits)),
  ]).flat();
}

function bar(value, mark) {
  const fill = make("i");
  fill.style.setProperty("--part", Math.max(0, Math.min(1, value)));
  const line = mark ? make("u") : null;
  line?.style.setProperty("--part", mark);
  return make("span", { className: "bar", "aria-hidden": "true" }, fill, line);
}

function time(t) {
  const most = Math.max(1, ...(t.steps ?? []).map((s) => s.took));
  const ms = (us) => `${(us / 1000).toLocaleString("vi-VN", { maximumFractionDigits: us < 10000 ? 2 : 0 })} ms`;
  return part(`THỜI GIAN: ${ms(t.took)}`,
    make("ul", { className: "steps" }, (t.steps ?? []).map((s) => make("li", { title: s.what },
      make("span", {}, steps[s.name] ?? s.name), bar(s.took / most), make("b", {}, ms(s.took))))),
    make("p", { className: "aside" }, `Nội dung ${t.content}`));
}
