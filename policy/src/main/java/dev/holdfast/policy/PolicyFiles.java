package dev.holdfast.policy;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a record, as octets by name. */
public final class PolicyFiles {
  static final String RULES = "rules.csv";
  static final String GROUPS = "country_groups.csv";
  static final String ACCELERATORS = "accelerators.csv";
  static final String FLAGS = "red_flags.csv";
  static final String RECORD = "record.csv";

  /** The names of the files that a record consists of. */
  public static final List<String> NAMES = List.of(ACCELERATORS, GROUPS, RECORD, FLAGS, RULES);

  /** The most octets of each. */
  public static final int LONGEST = 4 << 20;

  private final Map<String, byte[]> files = new TreeMap<>();

  /**
   * Takes the files.
   *
   * @throws CodedException FILE_NOT_FOUND where one is missing
   */
  public PolicyFiles(Map<String, byte[]> files) {
    for (String name : NAMES) {
      byte[] octets = files.get(name);
      if (octets == null) {
        throw new CodedException(
            Problem.in(
                name,
                ErrorCode.FILE_NOT_FOUND,
                "a record needs this file; holdfast policy export writes all of them"));
      }
      this.files.put(name, octets.clone());
    }
  }

  /** Those that Holdfast carries. */
  public static PolicyFiles builtIn() {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      try (InputStream in = PolicyFiles.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("missing resource " + name);
        }
        files.put(name, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new PolicyFiles(files);
  }

  /** The octets of a file. */
  public byte[] octets(String name) {
    byte[] octets = files.get(name);
    if (octets == null) {
      throw new IllegalArgumentException(name);
    }
    return octets.clone();
  }

  /** The SHA-256 of all, each behind its name and length: what a decision was made by. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((name, octets) -> {
        digest.update((name + "\n" + octets.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(octets);
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
