package dev.holdfast.ledger.store;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.ledger.AuditFinding;
import dev.holdfast.ledger.AuditReport;
import dev.holdfast.ledger.AuditWatcher;
import dev.holdfast.ledger.Checkpoint;
import dev.holdfast.ledger.LogAudit;
import dev.holdfast.ledger.Policy;
import dev.holdfast.ledger.SignatureCheck;
import dev.holdfast.ledger.SignatureChecks;
import dev.holdfast.ledger.SignedCheckpoint;
import dev.holdfast.ledger.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads every octet below a log's folder and says where one is not what it must be.
 *
 * <p>The checkpoint is held against the key, every tile and entry against the checkpoint, leftover
 * partial tiles against the tiles that took their place, and the writer's own state against both. A
 * writer may be at work meanwhile: what is ahead of the checkpoint is noted, not blamed.
 */
public final class Fsck {
  private static final Set<String> KNOWN =
      Set.of("head", "policy", "writer.lock", "writer.lock.holder", "journal", "tmp");
  private static final int MOST_FINDINGS = 300;

  private final Disk disk;
  private final LogLayout layout;
  private final VerifierKey key;
  private final List<AuditFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long files;
  private long unlisted;

  private Fsck(Disk disk, LogLayout layout, VerifierKey key) {
    this.disk = disk;
    this.layout = layout;
    this.key = key;
  }

  /**
   * Checks a folder.
   *
   * @param key the log's key, from the reader; nothing in the folder vouches for itself
   * @param policy the witnesses whose cosignatures are checked; empty for the folder's own policy.
   *     A signature by anybody else is a finding, since nobody could say whether it is intact
   * @throws CodedException NOT_A_LOG where the folder has no checkpoint, FILE_UNREADABLE
   */
  public static FsckReport run(
      Path folder, VerifierKey key, Optional<Policy> policy, AuditWatcher watcher) {
    try {
      return run(new RealDisk(), new LogLayout(folder), key, policy, watcher);
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_UNREADABLE, String.valueOf(e.getMessage())),
          e);
    }
  }

  static FsckReport run(
      Disk disk, LogLayout layout, VerifierKey key, Optional<Policy> policy, AuditWatcher watcher)
      throws IOException {
    Fsck fsck = new Fsck(disk, layout, key);
    return fsck.run(policy, watcher);
  }

  private FsckReport run(Optional<Policy> given, AuditWatcher watcher) throws IOException {
    byte[] octets =
        disk.read(layout.checkpoint())
            .orElseThrow(() ->
                new CodedException(
                    Problem.in(
                        layout.root().toString(),
                        ErrorCode.NOT_A_LOG,
                        "there is no checkpoint in this folder")));
    files++;
    Optional<Policy> own = ownPolicy();
    Policy policy = given.or(() -> own).orElse(null);
    SignedCheckpoint signed = checkpoint(octets, policy);
    if (signed == null) {
      return new FsckReport(-1, files, findings, unlisted, notes);
    }
    Checkpoint checkpoint = signed.checkpoint();
    AuditReport audit =
        LogAudit.run(checkpoint.size(), checkpoint.root(), new DiskTiles(disk, layout), watcher);
    audit.findings().forEach(this::add);
    unlisted += audit.unlisted();
    files += audit.tiles();
    Checkpoint head = head(checkpoint);
    new TileFolderCheck(disk, layout, checkpoint.size(), () -> boundNow(head)).run(this::add);
    journal(checkpoint, head);
    strangers();
    return new FsckReport(checkpoint.size(), files, findings, unlisted, notes);
  }

  private void add(AuditFinding finding) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    } else {
      unlisted++;
    }
  }

  private void add(String path, String reason) {
    add(new AuditFinding(path, AuditFinding.WHOLE_FILE, reason));
  }

  private Optional<Policy> ownPolicy() {
    try {
      return PolicyFile.read(disk, layout);
    } catch (CodedException e) {
      add(".state/policy", e.problem().reason());
    } catch (IOException e) {
      add(".state/policy", "it cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private @Nullable SignedCheckpoint checkpoint(byte[] octets, @Nullable Policy policy) {
    SignedCheckpoint signed;
    try {
      signed = SignedCheckpoint.parse(octets);
    } catch (CodedException e) {
      add("checkpoint", e.problem().reason());
      return null;
    }
    List<VerifierKey> keys = new ArrayList<>(List.of(key));
    if (policy != null) {
      policy.witnesses().forEach(witness -> keys.add(witness.key()));
      policy.logs().stream()
          .map(Policy.LogKey::key)
          .filter(log -> !log.equals(key))
          .forEach(keys::add);
    }
    boolean own = false;
    for (SignatureCheck check : SignatureChecks.check(signed, keys)) {
      switch (check) {
        case SignatureCheck.Valid valid -> own |= valid.key().equals(key);
        case SignatureCheck.Wrong wrong ->
            add(
                "checkpoint",
                "the signature of " + wrong.key().name() + " is wrong: " + wrong.reason());
        case SignatureCheck.Unknown unknown ->
            add(
                "checkpoint",
                "the signature line of "
                    + Problem.quote(unknown.signature().name())
                    + " is by no key that was given; give a policy with its key to have it checked");
      }
    }
    if (!own) {
      add("checkpoint", "it carries no valid signature of " + key.name());
      return null;
    }
    if (!signed.checkpoint().origin().equals(key.name())) {
      add("checkpoint", "its origin is not " + key.name() + ", the name of the key");
    }
    return signed;
  }

  private Checkpoint head(Checkpoint published) throws IOException {
    if (!disk.exists(layout.state())) {
      notes.add("there is no .state folder: a copy of a log, which nobody writes to");
      return published;
    }
    files++;
    Checkpoint head;
    try {
      head = headFile().read().orElse(null);
    } catch (CodedException e) {
      add(".state/head", e.problem().reason());
      return published;
    }
    if (head == null) {
      add(".state/head", "it is missing");
      return published;
    }
    if (head.size() > published.size()) {
      notes.add(
          "the log is bound to size "
              + head.size()
              + " and has published "
              + published.size()
              + ": a writer is at work, or will finish this when it next opens the log");
    }
    boolean agrees =
        head.origin().equals(published.origin())
            && (head.size() > published.size() || head.equals(bare(published)));
    if (!agrees) {
      add(".state/head", "it does not agree with the checkpoint");
      return published;
    }
    return head;
  }

  private HeadFile headFile() {
    return new HeadFile(disk, layout, new WholeFiles(disk, layout.temporary()));
  }

  private static Checkpoint bare(Checkpoint checkpoint) {
    return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root(), List.of());
  }

  private void journal(Checkpoint published, Checkpoint head) throws IOException {
    JournalCheck check = new JournalCheck(disk, layout, this::add);
    long end = check.run(() -> publishedNow(published));
    files += check.files();
    notes.addAll(check.notes());
    if (end < head.size()) {
      add(
          ".state/journal",
          "it ends at entry " + end + ", but the log is bound to size " + head.size());
    } else if (end > published.size()) {
      notes.add(
          (end - published.size()) + " acknowledged entries are staged and not yet published");
    }
  }

  /** What a writer has bound the log to since the head was first read. */
  private long boundNow(Checkpoint head) throws IOException {
    try {
      Checkpoint now = headFile().read().orElse(head);
      return Math.max(now.size(), head.size());
    } catch (CodedException e) {
      return head.size();
    }
  }

  /** What a writer has published since the checkpoint was first read. */
  private long publishedNow(Checkpoint published) throws IOException {
    try {
      SignedCheckpoint now = SignedCheckpoint.parse(disk.read(layout.checkpoint()).orElseThrow());
      boolean own =
          SignatureChecks.check(now, List.of(key)).stream()
              .anyMatch(SignatureCheck.Valid.class::isInstance);
      return own ? Math.max(now.checkpoint().size(), published.size()) : published.size();
    } catch (CodedException | NoSuchElementException e) {
      return published.size();
    }
  }

  private void strangers() throws IOException {
    for (String name : disk.list(layout.root())) {
      if (!Set.of("checkpoint", "tile", ".state").contains(name)) {
        notes.add(Problem.printable(name) + " is no part of a log");
      }
    }
    for (String name : disk.list(layout.state())) {
      if (!KNOWN.contains(name)) {
        notes.add(".state/" + Problem.printable(name) + " is no part of a log");
      }
    }
    int unfinished = disk.list(layout.temporary()).size();
    if (unfinished > 0) {
      notes.add(unfinished + " unfinished files in .state/tmp, which the next writer removes");
    }
  }
}
