package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command. */
@Command(
    name = "holdfast",
    description = "Shows where AI accelerators are, and proves it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      LocateCommand.class,
      LandmarksCommand.class,
      ProbeCommand.class,
      AgentCommand.class,
      LandmarkCommand.class,
      AttestCommand.class,
      PolicyCommand.class,
      AttentionCommand.class,
      AuthorityCommand.class,
      LedgerCommand.class,
      WitnessCommand.class,
      VerifyCommand.class,
      ServeCommand.class,
      FleetCommand.class,
      LeaseCommand.class,
      TokenCommand.class,
      RebuildCommand.class,
      SimCommand.class
    },
    footer = {
      "",
      "Exit status: 0 done (unproven too), 1 the answer is no, 2 bad input or usage,",
      "3 a peer or resource failed; of a batch, the highest.",
      "",
      "Example:",
      "  holdfast locate --landmarks landmarks.csv --delays delays.csv --claims claims.csv"
    })
public final class Holdfast implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Holdfast() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(arguments, System.in, out, err, System.getenv());
    out.flush();
    System.exit(status);
  }

  /** Runs the command without standard input. */
  static int run(
      String[] arguments, PrintStream out, PrintStream err, Map<String, String> environment) {
    return run(arguments, InputStream.nullInputStream(), out, err, environment);
  }

  /** Runs the command with its streams and environment handed in; returns the exit status. */
  static int run(
      String[] arguments,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment) {
    Surroundings surroundings = new Surroundings(in, out, err, environment);
    CommandLine command =
        new CommandLine(new Holdfast(), new Factory(surroundings))
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(100)
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    surroundings.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    command.setParameterExceptionHandler((exception, ignored) -> {
      err.println(Problem.of(ErrorCode.USAGE, String.valueOf(exception.getMessage())).sentence());
      CommandLine at = exception.getCommandLine();
      CommandLine.UnmatchedArgumentException.printSuggestions(exception, at.getErr());
      err.println("See: " + at.getCommandSpec().qualifiedName() + " --help");
      return ErrorCode.USAGE.category().exitStatus();
    });
    command.setExecutionExceptionHandler((exception, ignored, parsed) -> {
      Problem problem =
          switch (exception) {
            case CodedException coded -> coded.problem();
            case UncheckedIOException io ->
                Problem.of(ErrorCode.FILE_UNREADABLE, String.valueOf(io.getMessage()));
            default -> Problem.of(ErrorCode.INTERNAL_ERROR, exception.toString());
          };
      new ProblemLog(err, form(parsed)).add(problem);
      if (problem.code() == ErrorCode.INTERNAL_ERROR) {
        exception.printStackTrace(err);
      }
      return problem.code().category().exitStatus();
    });
    int status = command.execute(arguments);
    out.flush();
    if (out.checkError()) {
      err.println(Problem.of(ErrorCode.FILE_UNWRITABLE, "standard output is closed").sentence());
      return ErrorCode.FILE_UNWRITABLE.category().exitStatus();
    }
    return status;
  }

  /** The form that was asked for, also where the command itself did not get to say it. */
  private static OutputOptions.Form form(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult deepest = parsed;
    while (deepest.hasSubcommand()) {
      deepest = deepest.subcommand();
    }
    return deepest.hasMatchedOption("--output")
        ? deepest.matchedOptionValue("--output", OutputOptions.Form.TEXT)
        : OutputOptions.Form.TEXT;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }

  /** Hands the surroundings to the commands that ask for them. */
  private record Factory(Surroundings surroundings) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Surroundings.class).newInstance(surroundings);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
