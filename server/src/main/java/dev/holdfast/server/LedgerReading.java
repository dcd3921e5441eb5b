package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.Problem;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.PolicyCheck;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import dev.holdfast.ledger.store.LogFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers how the log stands: its newest checkpoint and who signed it. Safe for many threads. */
final class LedgerReading {
  /** Hours of growth that are told, the newest. */
  private static final int HOURS = 48;

  private final Views views;
  private final LogFolder log;
  private final VerifierKey key;
  private final Policy policy;

  LedgerReading(Views views, LogFolder log, VerifierKey key, Optional<Policy> witnesses) {
    this.views = views;
    this.log = log;
    this.key = key;
    this.policy = withLog(witnesses.orElse(Policy.ofLog(key)), key);
  }

  /** A policy may name witnesses alone; that of a log believes the log itself. */
  private static Policy withLog(Policy policy, VerifierKey key) {
    if (policy.logs().stream().anyMatch(each -> each.key().equals(key))) {
      return policy;
    }
    List<Policy.LogKey> logs = new ArrayList<>(policy.logs());
    logs.add(new Policy.LogKey(key, null));
    return new Policy(logs, policy.witnesses(), policy.groups(), policy.quorum());
  }

  /** The newest checkpoint, with what the server’s own policy says of it. */
  JsonBody newest(Asked asked) {
    SignedCheckpoint signed = checkpoint();
    long size = signed.checkpoint().size();
    PolicyCheck check = policy.check(signed);
    return views.read(handle ->
        new JsonBody()
            .put("origin", signed.checkpoint().origin())
            .put("size", size)
            .put("root", signed.checkpoint().root().base64())
            .put("vkey", key.vkey())
            .put("checkpoint", new String(signed.octets(), UTF_8))
            .put("until", lastTick(handle, size))
            .put("signatures", signatures(check))
            .put("witnesses", witnesses(check))
            .put("quorum", quorum(check))
            .put("statement", String.join("; ", statement(check)))
            .put("growth", growth(handle)));
  }

  private SignedCheckpoint checkpoint() {
    try {
      return log.signedCheckpoint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A log key states no time; the newest tick among its entries says how far the log has come. */
  private static @Nullable Instant lastTick(Handle handle, long size) {
    return handle
        .createQuery("SELECT at FROM tick WHERE idx < ? ORDER BY idx DESC LIMIT 1")
        .bind(0, size)
        .map((row, context) -> Rows.time(row, "at"))
        .findOne()
        .orElse(null);
  }

  private static List<Map<String, @Nullable Object>> growth(Handle handle) {
    return handle
        .createQuery("SELECT at, size FROM growth ORDER BY hour DESC LIMIT " + HOURS)
        .map((row, context) ->
            new JsonBody()
                .put("at", Rows.time(row, "at"))
                .put("size", row.getLong("size"))
                .fields())
        .list();
  }

  private String quorum(PolicyCheck check) {
    return switch (check) {
      case PolicyCheck.Accepted accepted ->
          policy.quorum().equals(Policy.NONE) ? "none" : "reached";
      case PolicyCheck.QuorumMissing missing -> "missing";
      case PolicyCheck.NoLogSignature none -> "wrong";
      case PolicyCheck.WrongSignature wrong -> "wrong";
    };
  }

  private static List<String> statement(PolicyCheck check) {
    return check.reasons().stream().map(Problem::printable).toList();
  }

  private List<Map<String, @Nullable Object>> witnesses(PolicyCheck check) {
    List<String> cosigned =
        switch (check) {
          case PolicyCheck.Accepted accepted -> accepted.witnesses();
          case PolicyCheck.QuorumMissing missing -> missing.witnesses();
          case PolicyCheck.NoLogSignature none -> List.of();
          case PolicyCheck.WrongSignature wrong -> List.of();
        };
    Map<VerifierKey, Instant> times = times(check);
    return policy.witnesses().stream()
        .map(each ->
            new JsonBody()
                .put("name", Problem.printable(Policy.shown(each.name())))
                .put("key", each.key().vkey())
                .put("cosigned", cosigned.contains(each.name()))
                .put("at", times.get(each.key()))
                .fields())
        .toList();
  }

  private static Map<VerifierKey, Instant> times(PolicyCheck check) {
    Map<VerifierKey, Instant> times = new HashMap<>();
    if (check instanceof PolicyCheck.Accepted accepted) {
      for (SignatureCheck each : accepted.signatures()) {
        if (each instanceof SignatureCheck.Valid valid && valid.timestamp().isPresent()) {
          times.put(valid.key(), Instant.ofEpochSecond(valid.timestamp().getAsLong()));
        }
      }
    }
    return times;
  }

  /** Who signed, as the note names them; the pages check the log’s own signature themselves. */
  private List<Map<String, @Nullable Object>> signatures(PolicyCheck check) {
    if (!(check instanceof PolicyCheck.Accepted accepted)) {
      return List.of();
    }
    List<Map<String, @Nullable Object>> signatures = new ArrayList<>();
    for (SignatureCheck each : accepted.signatures()) {
      signatures.add(
          switch (each) {
            case SignatureCheck.Valid valid ->
                signature(valid.key().name(), valid.key().equals(key) ? "log" : "witness", true);
            case SignatureCheck.Wrong wrong -> signature(wrong.key().name(), "wrong", false);
            case SignatureCheck.Unknown unknown ->
                signature(unknown.signature().name(), "unknown", false);
          });
    }
    return signatures;
  }

  private static Map<String, @Nullable Object> signature(String name, String by, boolean valid) {
    return new JsonBody()
        .put("name", Problem.printable(name))
        .put("by", by)
        .put("valid", valid)
        .fields();
  }
}
