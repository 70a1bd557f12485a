// Making elements. Text is only ever set as text, never as HTML.

// make returns an element with properties and children; what is null is left out.
export function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value == null) continue;
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat(Infinity).filter((child) => child != null));
  return element;
}

const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });

// timeOf writes Unix seconds as the hour in Cần Thơ.
export function timeOf(seconds) {
  return make("time", { dateTime: new Date(seconds * 1000).toISOString() }, clock.format(seconds * 1000));
}

// vietnamese writes a day, 2027-01-02, as it is read here.
export function vietnamese(day) {
  return day.split("-").reverse().join("/");
}
