import { request } from "./api.js";
import { readEvents } from "./event-stream.js";
import { session, token } from "./session.js";

const KEPT = 200;
const LONGEST_WAIT = 30_000;
const LONGEST_SILENCE = 45_000;

/** The live feed: says `feed` for each event, with it as `detail`, and `state` when the connection comes or goes. */
class Feed extends EventTarget {
  latest = [];
  live = false;
  /** Whether this token may not hear it, as those of auditors may not. */
  closed = false;
  #stop = null;
  #lastId = "";
  #heard = -1;

  start() {
    session.addEventListener("change", () => this.#restart());
    this.#restart();
  }

  #restart() {
    this.#stop?.abort();
    this.#stop = null;
    this.latest = [];
    this.closed = false;
    this.#lastId = "";
    if (token()) {
      this.#stop = new AbortController();
      this.#run(this.#stop.signal);
    }
  }

  async #run(signal) {
    let wait = 1000;
    while (!signal.aborted) {
      // A connection that died without a word, as in a laptop that slept, is given up after a silence.
      const silence = new AbortController();
      let timer = 0;
      const alive = () => {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), LONGEST_SILENCE);
      };
      try {
        const headers = { Accept: "text/event-stream", ...(this.#lastId && { "Last-Event-ID": this.#lastId }) };
        const both = AbortSignal.any([signal, silence.signal]);
        const response = await request("/api/v1/events", { headers, signal: both, cache: "no-store" });
        alive();
        this.#become(true);
        // Whoever connects again hears the latest again; entries only ever get higher numbers.
        this.#heard = this.latest[0]?.index ?? -1;
        wait = 1000;
        for await (const event of readEvents(response.body, alive)) {
          this.#take(event);
        }
      } catch (failure) {
        if (signal.aborted) {
          return;
        }
        if (failure.status === 403) {
          clearTimeout(timer);
          this.closed = true;
          this.dispatchEvent(new Event("state"));
          return;
        }
      }
      clearTimeout(timer);
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
    if (detail.index <= this.#heard) {
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
