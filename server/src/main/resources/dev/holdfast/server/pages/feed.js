import { request } from "./api.js";
import { readEvents } from "./event-stream.js";
import { session, token } from "./session.js";

const KEPT = 200;
const LONGEST_WAIT = 30_000;

/** The live feed: says `feed` for each event, with it as `detail`, and `state` when the connection comes or goes. */
class Feed extends EventTarget {
  latest = [];
  live = false;
  #stop = null;
  #lastId = "";

  start() {
    session.addEventListener("change", () => this.#restart());
    this.#restart();
  }

  #restart() {
    this.#stop?.abort();
    this.#stop = null;
    if (token()) {
      this.#stop = new AbortController();
      this.#run(this.#stop.signal);
    }
  }

  async #run(signal) {
    let wait = 1000;
    while (!signal.aborted) {
      try {
        const headers = { Accept: "text/event-stream", ...(this.#lastId && { "Last-Event-ID": this.#lastId }) };
        const response = await request("/api/v1/events", { headers, signal, cache: "no-store" });
        this.#become(true);
        wait = 1000;
        for await (const event of readEvents(response.body)) {
          this.#take(event);
        }
      } catch (failure) {
        if (signal.aborted) {
          return;
        }
      }
      this.#become(false);
      // Spread, so that a server that comes back is not met by all pages in the same second.
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  #take({ name, data, id }) {
    this.#lastId = id ?? this.#lastId;
    if (name !== "feed") {
      return;
    }
    let detail;
    try {
      detail = JSON.parse(data);
    } catch {
      return;
    }
    this.latest = [detail, ...this.latest].slice(0, KEPT);
    this.dispatchEvent(new CustomEvent("feed", { detail }));
  }

  #become(live) {
    if (this.live !== live) {
      this.live = live;
      this.dispatchEvent(new Event("state"));
    }
  }
}

export const feed = new Feed();

/** The subject of an event is an id or an object with kind and id; this is `{kind, id}` of either. */
export function subjectOf(event) {
  return typeof event.subject === "string" ? { kind: "", id: event.subject } : (event.subject ?? { kind: "", id: "" });
}
