package dev.holdfast.server;

import dev.holdfast.server.ViewWriter.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Who watches hears what happens; who reads too slowly misses the oldest, and goes on. */
final class Feed {
  private static final int KEPT = 256;
  private static final int RECENT = 50;

  /** One who watches. */
  static final class Watcher {
    private final LinkedBlockingQueue<Event> waiting = new LinkedBlockingQueue<>(KEPT);

    LinkedBlockingQueue<Event> waiting() {
      return waiting;
    }
  }

  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private final Deque<Event> recent = new ArrayDeque<>();

  Watcher watch() {
    Watcher watcher = new Watcher();
    synchronized (recent) {
      recent.forEach(watcher.waiting::offer);
      watchers.add(watcher);
    }
    return watcher;
  }

  void leave(Watcher watcher) {
    watchers.remove(watcher);
  }

  void tell(List<Event> events) {
    synchronized (recent) {
      for (Event event : events) {
        recent.add(event);
        if (recent.size() > RECENT) {
          recent.remove();
        }
        for (Watcher watcher : watchers) {
          while (!watcher.waiting.offer(event)) {
            watcher.waiting.poll();
          }
        }
      }
    }
  }
}
