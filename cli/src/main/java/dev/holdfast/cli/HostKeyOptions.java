package dev.holdfast.cli;

import static java.util.Objects.requireNonNull;

import dev.holdfast.trust.store.HeldKey;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a host's key is: in a file or in a security chip. */
final class HostKeyOptions {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the host's key, a file of its owner alone")
  private @Nullable Path file;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private @Nullable ChipKeyOptions chip;

  HeldKey key() {
    return chip != null ? chip.key() : HeldKey.read(requireNonNull(file));
  }
}
