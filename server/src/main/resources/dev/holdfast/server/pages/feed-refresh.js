import { feed } from "./feed.js";

const REFRESH_MS = 5000;

/** Has an element load again a while after something happened that concerns it: once for all that happens meanwhile. */
export class FeedRefresh {
  #concerns;
  #load;
  #timer = 0;

  constructor(element, concerns, load) {
    this.#concerns = concerns;
    this.#load = load;
    element.addController(this);
  }

  hostConnected() {
    feed.addEventListener("feed", this.#happened);
  }

  hostDisconnected() {
    feed.removeEventListener("feed", this.#happened);
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #happened = ({ detail }) => {
    if (this.#concerns(detail)) {
      this.#timer ||= setTimeout(() => {
        this.#timer = 0;
        this.#load();
      }, REFRESH_MS);
    }
  };
}
