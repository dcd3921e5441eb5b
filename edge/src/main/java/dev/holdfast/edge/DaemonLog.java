package dev.holdfast.edge;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.Problem;
import dev.holdfast.trust.CanonicalJson;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a daemon tells its operator, a line for each event: time, event, and what belongs to it. No
 * line holds a secret. For any number of threads.
 */
public final class DaemonLog {
  private final PrintStream out;
  private final LogForm form;
  private final InstantSource clock;

  public DaemonLog(PrintStream out, LogForm form, InstantSource clock) {
    this.out = out;
    this.form = form;
    this.clock = clock;
  }

  /** Tells of an event; the word is stable, as are the names of what belongs to it. */
  void tell(String event, Map<String, String> details) {
    String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    String line;
    if (form == LogForm.JSON) {
      TreeMap<String, JsonTree> members = new TreeMap<>();
      members.put("time", new TextNode(time));
      members.put("event", new TextNode(event));
      details.forEach((name, value) -> members.put(name, new TextNode(Problem.printable(value))));
      line = new String(CanonicalJson.octets(ObjectNode.of(members)), StandardCharsets.UTF_8);
    } else {
      StringBuilder text = new StringBuilder(time).append(' ').append(event);
      new TreeMap<>(details)
          .forEach((name, value) ->
              text.append("  ").append(name).append(": ").append(Problem.printable(value)));
      line = text.toString();
    }
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  /** Tells of something that went wrong. */
  void problem(Problem problem) {
    Map<String, String> details = new TreeMap<>();
    details.put("code", problem.code().code());
    problem.place().ifPresent(place -> details.put("place", place));
    details.put("reason", problem.reason());
    tell("problem", details);
  }
}
