package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.CodedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose checkpoints are believed: which logs, which witnesses, and how many of these have to have
 * cosigned (C2SP tlog-policy).
 *
 * <p>Names and addresses are opaque octets, held in memory as one character an octet (ISO 8859-1);
 * {@link #shown} makes them readable. The constructor holds all rules of the text.
 *
 * @param logs the logs, each accepted; no two with the same public key
 * @param witnesses the witnesses; no two with the same name or public key
 * @param groups the groups, each after the groups that are its members
 * @param quorum the name of a witness or a group, or {@code none}
 */
public record Policy(
    List<LogKey> logs, List<Witness> witnesses, List<Group> groups, String quorum) {
  /** The quorum that asks for no witness. */
  public static final String NONE = "none";

  /** The most octets of a policy file. */
  public static final int LARGEST = 1 << 20;

  /** The most logs, witnesses and groups, of each; the text asks for at least 32. */
  public static final int MOST = 1024;

  /**
   * A log that is believed.
   *
   * @param key its key, of any signature type; the name is the origin of its checkpoints
   * @param url where it is, or null
   */
  public record LogKey(VerifierKey key, @Nullable String url) {
    public LogKey {
      requireNonNull(key, "key");
    }
  }

  /**
   * A witness.
   *
   * @param name what this policy calls it, which means nothing outside of it
   * @param key its key, of a cosignature type
   * @param url where it is, or null
   */
  public record Witness(String name, VerifierKey key, @Nullable String url) {
    public Witness {
      requireNonNull(name, "name");
      requireNonNull(key, "key");
    }
  }

  /**
   * Witnesses and groups of which some have to have cosigned.
   *
   * @param threshold how many of the members, 1 to all
   * @param members names of witnesses and groups, at least one
   */
  public record Group(String name, int threshold, List<String> members) {
    public Group {
      requireNonNull(name, "name");
      members = List.copyOf(members);
    }
  }

  /**
   * Checks all rules.
   *
   * @throws IllegalArgumentException with the rule that is broken
   */
  public Policy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
    groups = List.copyOf(groups);
    PolicyRules rules = new PolicyRules();
    logs.forEach(rules::add);
    witnesses.forEach(rules::add);
    groups.forEach(rules::add);
    rules.requireQuorum(quorum);
  }

  /** The policy that believes one log without any witness. */
  public static Policy ofLog(VerifierKey log) {
    return new Policy(List.of(new LogKey(log, null)), List.of(), List.of(), NONE);
  }

  /**
   * The policy of a file.
   *
   * @param source what the file is called in messages
   * @throws CodedException MALFORMED_POLICY with the source, the line, the field and the reason
   */
  public static Policy parse(byte[] octets, String source) {
    return new PolicyParser(source).parse(octets);
  }

  /**
   * Whether a checkpoint is valid by this policy: signed by one of its logs under the name of the
   * origin, and cosigned by the quorum.
   *
   * <p>Stricter than the text in one thing, as C2SP signed-note recommends: one signature that
   * names a key of this policy and is wrong makes the whole note wrong.
   */
  public PolicyCheck check(SignedCheckpoint signed) {
    return new PolicyJudge(this).check(signed);
  }

  /** The file's text, one character an octet: to be written as ISO 8859-1. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (LogKey log : logs) {
      line(text, "log", vkey(log.key()), log.url());
    }
    for (Witness witness : witnesses) {
      line(text, "witness", witness.name(), vkey(witness.key()), witness.url());
    }
    for (Group group : groups) {
      line(
          text,
          "group",
          group.name(),
          Integer.toString(group.threshold()),
          String.join(" ", group.members()));
    }
    line(text, "quorum", quorum);
    return text.toString();
  }

  /** The octets of the file, which {@link #parse} reads to an equal policy. */
  public byte[] octets() {
    return text().getBytes(ISO_8859_1);
  }

  /** A name or an address of a policy as a person reads it: as UTF-8 where it is. */
  public static String shown(String opaque) {
    return StrictText.utf8(opaque.getBytes(ISO_8859_1)).orElse(opaque);
  }

  /** The octets of a vkey, which is UTF-8, as a policy holds them. */
  static String vkey(VerifierKey key) {
    return new String(key.vkey().getBytes(UTF_8), ISO_8859_1);
  }

  private static void line(StringBuilder text, @Nullable String... items) {
    String gap = "";
    for (String item : items) {
      if (item != null) {
        text.append(gap).append(item);
        gap = " ";
      }
    }
    text.append('\n');
  }
}
