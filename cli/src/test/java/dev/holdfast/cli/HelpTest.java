package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class HelpTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]*)(?:  .*)?$");

  @TempDir private Path folder = Path.of("");

  private Desk.Result help(List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--help");
    return new Desk(folder).run(arguments.toArray(String[]::new));
  }

  /** Every command with its subcommands, as the help itself lists them. */
  private List<List<String>> commands(List<String> command) {
    List<List<String>> all = new ArrayList<>();
    all.add(command);
    String text = help(command).out();
    int from = text.indexOf("\nCommands:\n");
    if (from >= 0) {
      int to = text.indexOf("\n\n", from);
      Matcher matcher = COMMAND.matcher(text.substring(from, to < 0 ? text.length() : to));
      while (matcher.find()) {
        List<String> below = new ArrayList<>(command);
        below.add(matcher.group(1));
        all.addAll(commands(below));
      }
    }
    return all;
  }

  @Test
  void the_help_lists_the_commands() {
    assertThat(commands(List.of()))
        .contains(
            List.of(),
            List.of("demo"),
            List.of("locate"),
            List.of("locate", "evaluate"),
            List.of("landmarks"),
            List.of("landmarks", "audit"),
            List.of("probe"),
            List.of("ledger", "init"),
            List.of("ledger", "append"),
            List.of("ledger", "prove"),
            List.of("ledger", "fsck"),
            List.of("ledger", "serve"),
            List.of("witness", "init"),
            List.of("witness", "serve"),
            List.of("verify"));
  }

  @TestFactory
  List<DynamicTest> the_help_of_every_command_says_what_it_does_and_shows_an_example() {
    return commands(List.of()).stream()
        .map(command ->
            DynamicTest.dynamicTest(
                "holdfast " + String.join(" ", command),
                () -> {
                  Desk.Result result = help(command);
                  assertThat(result.status()).isZero();
                  assertThat(result.err()).isEmpty();
                  assertThat(result.out()).startsWith("Usage: holdfast");
                  String all = String.join(" ", command);
                  assertThat(result.out()).containsPattern("(?s)Examples?:.*holdfast " + all);
                }))
        .toList();
  }

  @Test
  void the_help_says_what_an_exit_status_means() {
    assertThat(help(List.of()).out()).contains("Exit status: 0 done", "1 the answer is no");
  }

  @Test
  void the_version_is_one_line_on_standard_output() {
    for (String[] arguments : new String[][] {{"--version"}, {"-V"}, {"locate", "--version"}}) {
      Desk.Result result = new Desk(folder).run(arguments);
      assertThat(result.status()).isZero();
      assertThat(result.out()).matches("holdfast [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\\R");
      assertThat(result.err()).isEmpty();
    }
  }
}
