package dev.holdfast.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files and settings that verdicts from delays need. */
final class LocateOptions {
  @Option(
      names = "--landmarks",
      paramLabel = "FILE",
      description = "CSV: landmark,latitude,longitude[,operator,uncertainty_km]")
  @Nullable Path landmarks;

  @Option(
      names = "--delays",
      paramLabel = "FILE",
      description =
          "CSV: landmark,target,min_rtt_ms[,measured_at]; several rows of a pair are fine")
  @Nullable Path delays;

  @Option(
      names = "--claims",
      paramLabel = "FILE",
      description =
          "CSV: target,latitude,longitude,within_km,country,excluded_country; every filled question"
              + " is asked")
  @Nullable Path claims;
}
