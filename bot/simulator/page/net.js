// Talking with the program: what it tells by server-sent events, and what people do.

let token = "";

// watch listens to what two phones show. look(event) gets every event, state(connected) every change
// of the connection. It returns what ends it.
export function watch(address, look, state) {
  let source, again, ended = false;
  const open = () => {
    source = new EventSource(address);
    source.onopen = () => state(true);
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.token) token = event.token;
      look(event);
    };
    source.onerror = () => {
      state(false);
      source.close();
      if (!ended) again = setTimeout(open, 1000);
    };
  };
  open();
  return () => { ended = true; clearTimeout(again); source.close(); };
}

// post does something and returns what came of it. Its errors are for people to read.
export async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Simulator-Token": token },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("Chưa gửi được: mất liên lạc với máy chạy bot.");
  }
  if (!response.ok) throw new Error((await response.text()).trim() || `Lỗi ${response.status}`);
  return response.json();
}
