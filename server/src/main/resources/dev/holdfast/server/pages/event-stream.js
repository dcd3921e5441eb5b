/**
 * Reads server-sent events (WHATWG HTML, section 9.2) from octets; EventSource itself cannot send a token. Calls `alive`
 * whenever something came, a comment too.
 */
export async function* readEvents(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let event = { name: "message", data: [] };
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      alive();
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (event.data.length) {
            yield { ...event, data: event.data.join("\n") };
          }
          event = { name: "message", data: [] };
        } else if (!line.startsWith(":")) {
          take(line, event);
        }
      }
    }
  } finally {
    // Leaving the loop early must end the request too, or the server keeps a stream that nobody reads.
    reader.cancel().catch(() => {});
  }
}

function take(line, event) {
  const colon = line.indexOf(":");
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (field === "event") {
    event.name = value;
  } else if (field === "data") {
    event.data.push(value);
  } else if (field === "id") {
    event.id = value;
  }
}
