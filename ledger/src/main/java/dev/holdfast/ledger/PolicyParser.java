package dev.holdfast.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads one policy file (C2SP tlog-policy, "Policy file syntax and structure"). */
final class PolicyParser {
  private static final String GAPS = " \t";
  private static final int MOST_DIGITS = 9;

  private final String source;
  private final PolicyRules rules = new PolicyRules();
  private final List<Policy.LogKey> logs = new ArrayList<>();
  private final List<Policy.Witness> witnesses = new ArrayList<>();
  private final List<Policy.Group> groups = new ArrayList<>();
  private @Nullable String quorum;
  private long line;

  PolicyParser(String source) {
    this.source = source;
  }

  Policy parse(byte[] octets) {
    if (octets.length > Policy.LARGEST) {
      throw malformed("policy", "it is larger than 1 MiB");
    }
    String text = new String(octets, ISO_8859_1);
    int at = 0;
    while (at < text.length()) {
      line++;
      int end = text.indexOf('\n', at);
      if (end < 0) {
        // As the text has it; a name that a cut file ends in may be that of another group.
        throw malformed("policy", "the last line does not end in a newline");
      }
      read(text.substring(at, end));
      at = end + 1;
    }
    line = 0;
    if (quorum == null) {
      throw malformed("quorum", "there is no quorum line; \"quorum none\" asks for no witness");
    }
    return new Policy(logs, witnesses, groups, quorum);
  }

  private void read(String text) {
    if (text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
      throw malformed("policy", "the line holds a control character other than tab");
    }
    List<String> items = new ArrayList<>();
    StringTokenizer split = new StringTokenizer(text, GAPS);
    while (split.hasMoreTokens()) {
      items.add(split.nextToken());
    }
    if (items.isEmpty() || items.get(0).startsWith("#")) {
      return;
    }
    String keyword = items.get(0);
    try {
      switch (keyword) {
        case "log" -> log(items);
        case "witness" -> witness(items);
        case "group" -> group(items);
        case "quorum" -> quorum(items);
        default ->
            throw malformed(
                "keyword",
                Problem.quote(Policy.shown(keyword)) + " is not log, witness, group or quorum");
      }
    } catch (IllegalArgumentException e) {
      throw malformed(keyword, String.valueOf(e.getMessage()));
    }
  }

  private void log(List<String> items) {
    requireItems(items, 2, 3, "log <vkey> [<url>]");
    Policy.LogKey log = new Policy.LogKey(key(items.get(1)), optional(items, 2));
    rules.add(log);
    logs.add(log);
  }

  private void witness(List<String> items) {
    requireItems(items, 3, 4, "witness <name> <vkey> [<url>]");
    Policy.Witness witness =
        new Policy.Witness(items.get(1), key(items.get(2)), optional(items, 3));
    rules.add(witness);
    witnesses.add(witness);
  }

  private void group(List<String> items) {
    requireItems(items, 4, Integer.MAX_VALUE, "group <name> all|any|<k> <name>...");
    List<String> members = items.subList(3, items.size());
    int threshold =
        switch (items.get(2)) {
          case "all" -> members.size();
          case "any" -> 1;
          default -> number(items.get(2));
        };
    Policy.Group group = new Policy.Group(items.get(1), threshold, members);
    rules.add(group);
    groups.add(group);
  }

  private void quorum(List<String> items) {
    requireItems(items, 2, 2, "quorum <name>");
    if (quorum != null) {
      throw new IllegalArgumentException("there is a quorum line above already");
    }
    rules.requireQuorum(items.get(1));
    quorum = items.get(1);
  }

  private VerifierKey key(String vkey) {
    String text =
        StrictText.utf8(vkey.getBytes(ISO_8859_1))
            .orElseThrow(() -> new IllegalArgumentException("the vkey is not UTF-8"));
    try {
      return VerifierKey.parse(text);
    } catch (CodedException e) {
      throw new IllegalArgumentException(e.problem().reason(), e);
    }
  }

  /** A threshold: the text asks for a decimal and does not forbid leading zeroes. */
  private static int number(String text) {
    if (text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException(
          Problem.quote(Policy.shown(text)) + " is not all, any or a number of members");
    }
    return Integer.parseInt(text);
  }

  private static @Nullable String optional(List<String> items, int index) {
    return index < items.size() ? items.get(index) : null;
  }

  private static void requireItems(List<String> items, int least, int most, String form) {
    if (items.size() < least || items.size() > most) {
      throw new IllegalArgumentException("the line is not of the form: " + form);
    }
  }

  private CodedException malformed(String field, String reason) {
    return new CodedException(new Problem(ErrorCode.MALFORMED_POLICY, source, line, field, reason));
  }
}
