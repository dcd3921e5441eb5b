package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells receivers what happened, each at least once.
 *
 * <p>What happened stands in the views, as rows that the ledger gives again whenever they are made
 * again. This thread takes new ones over into its own database, as messages for whoever wants them,
 * in one transaction with how far it has heard the ledger; so a crash neither loses nor invents
 * one, and views that are made again tell nobody anything twice. A message is sent until it is
 * taken or given up; one that was taken just before a crash may be sent again, under the same id.
 */
final class Webhooks implements AutoCloseable {
  static final int MOST = 20;

  /** How long the secret before still signs beside the new one. */
  static final Duration BOTH_SIGN = Duration.ofHours(24);

  private static final int GONE = 410;
  private static final int AT_ONCE = 500;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

  private final WebhookStore store;
  private final WebhookKeys keys;
  private final WebhookPost post;
  private final WebhookWords words;
  private final Views views;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Supplier<String> pages;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Set<String> underWay = new HashSet<>();
  private final Thread thread;
  private boolean closing;
  private boolean nudged;
  private Instant swept = Instant.EPOCH;

  /**
   * The webhooks of a folder.
   *
   * @param pages where people open the pages, unless a webhook says otherwise
   * @param size of the log, as it is published
   */
  Webhooks(
      Path data,
      WebhookPost post,
      WebhookWords words,
      Views views,
      long size,
      InstantSource clock,
      SecureRandom random,
      Supplier<String> pages) {
    this.post = requireNonNull(post);
    this.words = requireNonNull(words);
    this.views = requireNonNull(views);
    this.clock = requireNonNull(clock);
    this.random = requireNonNull(random);
    this.pages = requireNonNull(pages);
    keys = new WebhookKeys(data);
    store = WebhookStore.open(data);
    keys.deleteAllBut(store.hooks());
    // Of a log that was put back from another time the lost entries do not come again.
    if (store.taken().map(taken -> taken > size).orElse(true)) {
      store.taken(size);
    }
    thread = Thread.ofPlatform().daemon().name("webhooks").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Something happened, or may have. */
  void nudge() {
    lock.lock();
    try {
      nudged = true;
      something.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- who is told

  List<WebhookStore.Hook> all() {
    return store.hooks();
  }

  WebhookStore.Hook require(String id) {
    return store.hook(id).orElseThrow(() -> Asked.notThere("webhook", id));
  }

  /** A webhook and its secret, which is told this once. */
  record Made(WebhookStore.Hook hook, String secret) {}

  /**
   * Makes one, that is told of what happens from now on.
   *
   * @param pagesAt what its links begin with; null for where this server listens
   * @throws CodedException BAD_PARAMETER where there are too many
   */
  Made make(
      WebhookAddress url,
      Set<WebhookEvent> events,
      String language,
      @Nullable String pagesAt,
      String actor) {
    Instant now = clock.instant();
    byte[] chance = new byte[8];
    random.nextBytes(chance);
    WebhookStore.Hook hook =
        new WebhookStore.Hook(
            "wh_" + HexFormat.of().formatHex(chance),
            url.toString(),
            events,
            language,
            pagesAt == null ? pages.get() : pagesAt,
            actor,
            now,
            applied(),
            1,
            now,
            null);
    WebhookSecret secret = WebhookSecret.fresh(random);
    lock.lock();
    try {
      if (store.hooks().size() >= MOST) {
        throw new CodedException(
            Problem.of(ErrorCode.BAD_PARAMETER, "there are " + MOST + " webhooks already"));
      }
      keys.keep(hook.id(), 1, secret);
      store.keep(hook);
    } finally {
      lock.unlock();
    }
    return new Made(hook, secret.reveal());
  }

  private long applied() {
    return views.read(Webhooks::applied);
  }

  private static long applied(org.jdbi.v3.core.Handle handle) {
    return handle
        .createQuery("SELECT value FROM meta WHERE name = 'applied'")
        .mapTo(String.class)
        .findOne()
        .map(Long::parseLong)
        .orElse(0L);
  }

  void forget(String id) {
    var _ = require(id);
    lock.lock();
    try {
      var _ = store.forget(id);
      keys.deleteAllBut(store.hooks());
    } finally {
      lock.unlock();
    }
  }

  /** Makes another secret; the one before signs too for a day. */
  Made rotate(String id) {
    WebhookSecret secret = WebhookSecret.fresh(random);
    lock.lock();
    try {
      WebhookStore.Hook old = require(id);
      WebhookStore.Hook hook =
          new WebhookStore.Hook(
              old.id(),
              old.url(),
              old.events(),
              old.language(),
              old.pages(),
              old.actor(),
              old.since(),
              old.first(),
              old.generation() + 1,
              clock.instant(),
              old.disabled());
      // What a rotation that a crash cut off left there signed nothing.
      keys.deleteAllBut(store.hooks());
      keys.keep(id, hook.generation(), secret);
      store.keep(hook);
      keys.deleteAllBut(store.hooks());
      return new Made(hook, secret.reveal());
    } finally {
      lock.unlock();
    }
  }

  /** Sends again to one that is gone no more. */
  void resume(String id) {
    var _ = require(id);
    store.disable(id, null);
    nudge();
  }

  /** Sends one a message that says nothing but that it came. */
  String test(String id, String actor) {
    WebhookStore.Hook hook = require(id);
    Instant now = clock.instant();
    byte[] chance = new byte[16];
    random.nextBytes(chance);
    String message = words.id(hook, HexFormat.of().formatHex(chance));
    store.add(message(message, hook, WebhookEvent.WEBHOOK_TEST, null, now, words.test(actor, now)));
    nudge();
    return message;
  }

  /** Sends a message once more, under its id. */
  void resend(String id, String message) {
    var _ = require(id);
    var _ = store.message(id, message).orElseThrow(() -> Asked.notThere("notification", message));
    Instant now = clock.instant();
    store.again(message, now, now.plus(WebhookRetries.GIVEN_UP));
    nudge();
  }

  WebhookStore store() {
    return store;
  }

  // ---- what happened

  private static WebhookStore.Message message(
      String id,
      WebhookStore.Hook hook,
      WebhookEvent type,
      @Nullable Long index,
      Instant now,
      String body) {
    return new WebhookStore.Message(
        id,
        hook.id(),
        type.word(),
        index,
        now,
        body,
        "waiting",
        0,
        now,
        now.plus(WebhookRetries.GIVEN_UP));
  }

  private record Heard(List<NoticeViews.Notice> notices, long next) {}

  /** Takes over what is new in the views; answers whether there may be more. */
  private boolean takeOver() {
    long from = store.taken().orElse(0L);
    Heard heard =
        views.read(handle ->
            // Both of one moment: what is applied is there.
            handle.inTransaction(same -> {
              long applied = applied(same);
              List<NoticeViews.Notice> notices = NoticeViews.between(same, from, applied, AT_ONCE);
              boolean cut = notices.size() == AT_ONCE;
              // The entry that the page ends in may go on behind it, so it is read again.
              long next = cut ? notices.getLast().index() : applied;
              return new Heard(notices, next);
            }));
    if (heard.next() <= from) {
      return false;
    }
    Instant now = clock.instant();
    var _ =
        store.change(same -> {
          List<WebhookStore.Hook> hooks = same.hooks();
          for (NoticeViews.Notice notice : heard.notices()) {
            for (WebhookStore.Hook hook : hooks) {
              if (hook.events().contains(notice.type()) && notice.index() >= hook.first()) {
                same.add(
                    message(
                        words.id(hook, notice),
                        hook,
                        notice.type(),
                        notice.index(),
                        now,
                        words.body(hook, notice)));
              }
            }
          }
          same.taken(heard.next());
          return heard.next();
        });
    return heard.notices().size() == AT_ONCE;
  }

  // ---- sending

  private void run() {
    while (true) {
      try {
        while (takeOver()) {
          if (isClosing()) {
            return;
          }
        }
        sweep();
        sendDue();
      } catch (RuntimeException e) {
        if (isClosing()) {
          return;
        }
        // Nothing was lost; it is tried again.
        System.getLogger(Webhooks.class.getName())
            .log(System.Logger.Level.WARNING, "notifications wait: " + e.getClass().getName());
      }
      if (!awaitMore()) {
        return;
      }
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitMore() {
    boolean waiting = store.isAnythingWaiting();
    lock.lock();
    try {
      if (!closing) {
        // The clock is not this thread's, so it looks at it now and then.
        long left = (waiting ? LOOK : LOOK.multipliedBy(20)).toNanos();
        while (!closing && !nudged && left > 0) {
          left = something.awaitNanos(left);
        }
        nudged = false;
      }
      return !closing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void sweep() {
    Instant now = clock.instant();
    if (Duration.between(swept, now).compareTo(Duration.ofHours(1)) > 0) {
      swept = now;
      store.forgetOlder(now);
    }
  }

  private void sendDue() {
    for (WebhookStore.Message message : store.due(clock.instant())) {
      lock.lock();
      try {
        // One at a time to each, so that one who is slow holds up nobody else.
        if (closing || !underWay.add(message.webhook())) {
          continue;
        }
      } finally {
        lock.unlock();
      }
      var _ = Thread.ofVirtual().name("webhook " + message.webhook()).start(() -> send(message));
    }
  }

  private void send(WebhookStore.Message message) {
    try {
      WebhookStore.Hook hook = store.hook(message.webhook()).orElse(null);
      if (hook != null) {
        tried(message, hook);
      }
    } catch (RuntimeException e) {
      // As where the server ends meanwhile: the message is as it was, and is sent again.
      System.getLogger(Webhooks.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "a notification could not be sent or noted: " + e.getClass().getName());
    } finally {
      lock.lock();
      try {
        underWay.remove(message.webhook());
        nudged = true;
        something.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void tried(WebhookStore.Message message, WebhookStore.Hook hook) {
    Instant now = clock.instant();
    byte[] body = message.body().getBytes(UTF_8);
    Map<String, String> headers = headers(message.id(), hook, now, body);
    long begun = System.nanoTime();
    WebhookPost.Outcome outcome = post.send(WebhookAddress.parse(hook.url()), headers, body);
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    if (outcome.isGood()) {
      store.tried(message, now, outcome, millis, "delivered", null);
      return;
    }
    Integer status = outcome.status();
    if (status != null && status == GONE) {
      store.disable(hook.id(), "gone");
      store.tried(message, now, outcome, millis, "failed", null);
      return;
    }
    Instant next = now.plus(WebhookRetries.after(message.attempts() + 1, random));
    boolean givenUp = next.isAfter(message.until());
    store.tried(
        message, now, outcome, millis, givenUp ? "failed" : "waiting", givenUp ? null : next);
  }

  private Map<String, String> headers(String id, WebhookStore.Hook hook, Instant now, byte[] body) {
    List<String> signatures = new ArrayList<>();
    signatures.add(keys.read(hook.id(), hook.generation()).sign(id, now.getEpochSecond(), body));
    if (now.isBefore(hook.rotated().plus(BOTH_SIGN))
        && keys.holds(hook.id(), hook.generation() - 1)) {
      signatures.add(
          keys.read(hook.id(), hook.generation() - 1).sign(id, now.getEpochSecond(), body));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "Holdfast");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", String.valueOf(now.getEpochSecond()));
    headers.put("webhook-signature", String.join(" ", signatures));
    return headers;
  }

  /** Ends; what waits is sent after the next start, and so is what is under way and unanswered. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      something.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.isAlive()) {
        thread.join();
      }
      awaitSenders();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }

  private void awaitSenders() throws InterruptedException {
    long left = PATIENCE_AT_END.toNanos();
    lock.lock();
    try {
      while (!underWay.isEmpty() && left > 0) {
        left = something.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
