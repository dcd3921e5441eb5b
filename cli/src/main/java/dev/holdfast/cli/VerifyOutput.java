package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.base.Problem;
import dev.holdfast.base.Times;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what came of verifying: sentences for people, one object for machines. */
final class VerifyOutput {
  private final Surroundings surroundings;
  private final OutputOptions output;
  private final MessageCatalogue catalogue;

  VerifyOutput(Surroundings surroundings, OutputOptions output, MessageCatalogue catalogue) {
    this.surroundings = surroundings;
    this.output = output;
    this.catalogue = catalogue;
  }

  /** The answers; their names are those of the JSON form. */
  enum Result {
    PROVED,
    VERIFIED,
    CONSISTENT,
    SOUND,
    QUORUM_MISSING,
    NOT_PROVED,
    NOT_VERIFIED,
    FORKED,
    DAMAGED;

    /** The exit status that it calls for. */
    int exitStatus() {
      return switch (this) {
        case PROVED, VERIFIED, CONSISTENT, SOUND -> 0;
        case QUORUM_MISSING, NOT_PROVED, NOT_VERIFIED, FORKED, DAMAGED -> 1;
      };
    }
  }

  /** The JSON form of a witness. */
  record SeenJson(String name, @Nullable String at) {}

  /** Whether machines read. */
  boolean isJson() {
    return output.form == OutputOptions.Form.JSON;
  }

  void json(Object answer) {
    surroundings.out().println(Json.mapper().writeValueAsString(answer));
  }

  /** One sentence on a line; what others wrote cannot drive the terminal. */
  void say(String key, Object... arguments) {
    List<String> printable =
        Arrays.stream(arguments).map(each -> Problem.printable(each.toString())).toList();
    surroundings.out().println(catalogue.say(key, printable));
  }

  /** Who cosigned and when, and whether that is enough. */
  void witnesses(Judgement judged) {
    for (Judgement.Seen seen : judged.witnesses()) {
      if (seen.at() == null) {
        say("verify.witness-untimed", seen.name());
      } else {
        say("verify.witness", seen.name(), time(seen));
      }
    }
    switch (judged.quorum()) {
      case MET -> say("verify.quorum-met");
      case NONE -> say("verify.quorum-none");
      case MISSING -> {
        if (judged.isSigned()) {
          say("verify.quorum-missing", reasons(judged.reasons()));
        }
      }
    }
  }

  private static String time(Judgement.Seen seen) {
    return seen.at() == null ? "" : Times.print(seen.at());
  }

  /** Reasons in one line. */
  static String reasons(List<String> reasons) {
    return String.join("; ", reasons);
  }

  static List<SeenJson> seen(Judgement judged) {
    return judged.witnesses().stream()
        .map(seen -> new SeenJson(seen.name(), seen.at() == null ? null : seen.at().toString()))
        .toList();
  }
}
