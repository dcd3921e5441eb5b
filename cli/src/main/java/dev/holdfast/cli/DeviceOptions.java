package dev.holdfast.cli;

import dev.holdfast.attest.DeviceRevocations;
import dev.holdfast.attest.DeviceRoots;
import dev.holdfast.attest.EvidenceVerifier;
import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom a reader of chips' evidence trusts; the same for all commands that check some. */
final class DeviceOptions {
  private static final int LONGEST_ROOTS = 1 << 20;
  private static final int LONGEST_LIST = 8 << 20;

  @Option(
      names = "--root",
      paramLabel = "PEM",
      description =
          "a manufacturer's root that you trust, instead of NVIDIA's, which is known by its"
              + " fingerprint; may be given again")
  private List<Path> roots = List.of();

  @Option(
      names = "--revocations",
      paramLabel = "DIR",
      description =
          "a folder with the manufacturer's lists of revoked certificates, PEM or DER, *.crl or"
              + " *.pem (default: revocation is not checked, which the answer says)")
  private @Nullable Path revocations;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "the moment at which certificates must be valid (default: now)")
  private @Nullable Instant at;

  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
      try {
        return Instant.parse(value);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + value + "' is not a time such as 2026-07-01T00:00:00Z");
      }
    }
  }

  /** The moment that is asked about. */
  Instant at() {
    return at == null ? InstantSource.system().instant() : at;
  }

  EvidenceVerifier verifier() {
    DeviceRoots trusted = DeviceRoots.of(List.of());
    for (Path each : roots) {
      trusted =
          trusted.and(DeviceRoots.parse(BoundedFiles.read(each, LONGEST_ROOTS), each.toString()));
    }
    return new EvidenceVerifier(roots.isEmpty() ? DeviceRoots.ofNvidia() : trusted, lists());
  }

  private DeviceRevocations lists() {
    DeviceRevocations lists = DeviceRevocations.NONE;
    if (revocations == null) {
      return lists;
    }
    Path folder = revocations;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each :
          files
              .filter(file -> file.toString().endsWith(".crl") || file.toString().endsWith(".pem"))
              .sorted()
              .toList()) {
        lists =
            lists.and(
                DeviceRevocations.parse(BoundedFiles.read(each, LONGEST_LIST), each.toString()));
      }
    } catch (IOException e) {
      throw new CodedException(
          Problem.in(
              folder.toString(),
              ErrorCode.FILE_NOT_FOUND,
              "it is no folder that can be read: " + e.getMessage()),
          e);
    }
    return lists;
  }
}
