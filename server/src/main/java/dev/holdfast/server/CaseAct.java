package dev.holdfast.server;

import static java.util.Objects.requireNonNull;

import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.StatementType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did with a case.
 *
 * @param actor whose token it was
 * @param number of the case, as it was numbered then
 * @param to who shall work on it; null where it is not assigned
 * @param outcome what came out; null where nothing is proposed
 * @param text what they say; empty where they say nothing
 */
record CaseAct(
    String actor,
    long number,
    Kind kind,
    @Nullable String to,
    @Nullable Outcome outcome,
    String text) {
  static final StatementType TYPE = StatementType.ofHoldfast("case", 1);

  private static final int LONGEST_TEXT = 4000;

  /** What can be done with a case. */
  enum Kind {
    /** Somebody shall work on it. */
    ASSIGN,
    /** Something is said about it. */
    COMMENT,
    /** It should be closed, with an outcome and why. */
    PROPOSE,
    /** Another person agrees that it is closed. */
    CLOSE,
    /** It is to be worked on again. */
    REOPEN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came out of a case. */
  enum Outcome {
    /** What was noticed has a harmless cause. */
    EXPLAINED,
    /** What was noticed was not so. */
    MISTAKEN,
    /** Chips were diverted. */
    DIVERTED,
    /** It cannot be found out. */
    UNRESOLVED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where work on a case stands. */
  enum State {
    OPEN,
    ASSIGNED,
    PROPOSED,
    CLOSED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Where work on one case stands.
   *
   * @param assignee null where nobody works on it
   * @param proposer who wants it closed; null where nobody does
   * @param outcome that was proposed or decided; null where none was
   */
  record Work(
      State state, @Nullable String assignee, @Nullable String proposer, @Nullable String outcome) {
    static final Work NONE = new Work(State.OPEN, null, null, null);

    /** After more was found: what was decided without knowing of it is not decided. */
    Work reopened() {
      return new Work(assignee == null ? State.OPEN : State.ASSIGNED, assignee, null, null);
    }
  }

  CaseAct {
    Names.check("actor", actor);
    requireNonNull(kind, "kind");
    if (number < 1 || number > JsonFields.LARGEST) {
      throw new IllegalArgumentException("there is no case " + number);
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text has at most " + LONGEST_TEXT + " characters");
    }
    if ((kind == Kind.ASSIGN) != (to != null)) {
      throw new IllegalArgumentException("a case is assigned to somebody, by assign alone");
    }
    if ((kind == Kind.PROPOSE) != (outcome != null)) {
      throw new IllegalArgumentException("an outcome is proposed, by propose alone");
    }
    boolean mustSay = kind == Kind.COMMENT || kind == Kind.PROPOSE || kind == Kind.REOPEN;
    if (mustSay && text.isBlank()) {
      throw new IllegalArgumentException("whoever does this says why");
    }
  }

  /** Why it cannot be done where work stands so; null where it can. */
  @Nullable String refusal(Work work) {
    return switch (kind) {
      case COMMENT -> null;
      case ASSIGN, PROPOSE -> work.state() == State.CLOSED ? "the case is closed" : null;
      case CLOSE -> {
        if (work.state() != State.PROPOSED) {
          yield "nobody has proposed to close the case";
        }
        yield actor.equals(work.proposer())
            ? "a second person closes a case, not the one who proposed it"
            : null;
      }
      case REOPEN ->
          work.state() == State.OPEN || work.state() == State.ASSIGNED ? "the case is open" : null;
    };
  }

  /** Where work stands afterwards. */
  Work after(Work work) {
    return switch (kind) {
      case COMMENT -> work;
      case ASSIGN ->
          new Work(
              work.state() == State.PROPOSED ? State.PROPOSED : State.ASSIGNED,
              to,
              work.proposer(),
              work.outcome());
      case PROPOSE ->
          new Work(State.PROPOSED, work.assignee(), actor, requireNonNull(outcome).word());
      case CLOSE -> new Work(State.CLOSED, work.assignee(), work.proposer(), work.outcome());
      case REOPEN -> work.reopened();
    };
  }

  /** Reads what somebody asks to be done. */
  static CaseAct asked(JsonFields fields, String actor, long number) {
    Kind kind = fields.value("kind", CaseAct::kind);
    String to = fields.has("to") ? fields.text("to") : null;
    Outcome outcome = fields.has("outcome") ? fields.value("outcome", CaseAct::outcome) : null;
    String text = fields.has("text") ? fields.text("text") : "";
    fields.requireNothingElse();
    if (to != null) {
      fields.made(
          "to",
          () -> {
            Names.check("to", to);
            return to;
          });
    }
    String blamed =
        kind == Kind.ASSIGN ? "to" : kind == Kind.PROPOSE && outcome == null ? "outcome" : "text";
    return fields.made(blamed, () -> new CaseAct(actor, number, kind, to, outcome, text));
  }

  /** Reads what stands in a statement. */
  static CaseAct read(JsonFields fields) {
    return asked(fields, fields.text("actor"), fields.whole("case"));
  }

  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("it is assign, comment, propose, close or reopen"));
  }

  private static Outcome outcome(String word) {
    return Arrays.stream(Outcome.values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("it is explained, mistaken, diverted or unresolved"));
  }

  Content content() {
    Map<String, JsonTree> fields = new TreeMap<>();
    fields.put("actor", new TextNode(actor));
    fields.put("case", new NumberNode(number));
    fields.put("kind", new TextNode(kind.word()));
    if (to != null) {
      fields.put("to", new TextNode(to));
    }
    if (outcome != null) {
      fields.put("outcome", new TextNode(outcome.word()));
    }
    if (!text.isEmpty()) {
      fields.put("text", new TextNode(text));
    }
    return new Content.Inline(ObjectNode.of(fields));
  }

  /** What happened, in a sentence. */
  Reason reason() {
    String more = to != null ? to : text.isEmpty() ? "-" : text;
    String what = outcome == null ? kind.word() : kind.word() + "-" + outcome.word();
    return Reason.of("event.case-" + what, actor, String.valueOf(number), more);
  }
}
