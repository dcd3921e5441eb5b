package dev.holdfast.cli;

import dev.holdfast.base.BoundedFiles;
import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import dev.holdfast.policy.PolicyFiles;
import dev.holdfast.policy.PolicyRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which record a command of policy answers. */
final class PolicyOptions {
  @Option(
      names = "--record",
      paramLabel = "FOLDER",
      description =
          "rules, country groups, accelerators and red flags of your own; policy export writes"
              + " Holdfast's (default: those)")
  private @Nullable Path record;

  /** The files of the record. */
  PolicyFiles files() {
    return record == null ? PolicyFiles.builtIn() : files(record);
  }

  /** The record, typed. */
  PolicyRecord read() {
    try {
      return PolicyRecord.read(files());
    } catch (CodedException e) {
      throw new CodedException(placed(e.problem()), e);
    }
  }

  /** A problem of a file, with the folder that it lies in. */
  Problem placed(Problem problem) {
    String source = problem.source();
    Path folder = record;
    return folder == null || source == null || !PolicyFiles.NAMES.contains(source)
        ? problem
        : new Problem(
            problem.code(),
            folder.resolve(source).toString(),
            problem.line(),
            problem.field(),
            problem.reason());
  }

  /** The files of a folder. */
  static PolicyFiles files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CodedException(
          Problem.in(folder.toString(), ErrorCode.FILE_NOT_FOUND, "there is no such folder"));
    }
    Map<String, byte[]> files = new HashMap<>();
    for (String name : PolicyFiles.NAMES) {
      files.put(name, BoundedFiles.read(folder.resolve(name), PolicyFiles.LONGEST));
    }
    return new PolicyFiles(files);
  }

  /** The day it is, UTC. */
  static LocalDate today() {
    return LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
  }
}
