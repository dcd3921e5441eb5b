package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast ledger}: a tamper-evident log by itself. */
@Command(
    name = "ledger",
    description =
        "A tamper-evident log in a folder (C2SP tlog-tiles): make it, append to it, prove what is in"
            + " it, check it, show it over HTTP.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      LedgerInitCommand.class,
      LedgerAppendCommand.class,
      LedgerProveCommand.class,
      LedgerFsckCommand.class,
      LedgerServeCommand.class
    },
    footer = {
      "",
      "Example:",
      "  holdfast ledger init log --origin example.com/log --key log.key > log.vkey",
      "  echo hello | holdfast ledger append log --key log.key --lines",
      "  holdfast ledger prove log 0 > hello.tlog-proof",
      "  printf hello | holdfast verify hello.tlog-proof --vkey \"$(cat log.vkey)\" --entry -"
    })
final class LedgerCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is needed: init, append, prove, fsck or serve");
  }
}
