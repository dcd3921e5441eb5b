package dev.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast locate evaluate}. */
@Command(name = "evaluate", mixinStandardHelpOptions = true)
final class LocateEvaluateCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
