package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.OwnersFiles;
import dev.holdfast.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets of webhooks, each in a file of mode 0600 beside the database, which holds none:
 * {@code webhooks/ID.GENERATION.secret}.
 */
final class WebhookKeys {
  private static final int LONGEST = 256;

  private final Path folder;

  WebhookKeys(Path data) {
    folder = data.resolve("webhooks");
  }

  private Path file(String id, int generation) {
    return folder.resolve(id + "." + generation + ".secret");
  }

  /** Keeps a secret that was not there, durably. */
  void keep(String id, int generation, WebhookSecret secret) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed(folder, e);
    }
    OwnersFiles.create(file(id, generation), secret.reveal().getBytes(US_ASCII));
  }

  WebhookSecret read(String id, int generation) {
    byte[] octets = OwnersFiles.read(file(id, generation), LONGEST);
    try {
      return WebhookSecret.parse(new String(octets, US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw new CodedException(
          Problem.in(
              file(id, generation).toString(),
              ErrorCode.BAD_KEY_FILE,
              String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Whether one is there. */
  boolean holds(String id, int generation) {
    return Files.exists(file(id, generation));
  }

  /**
   * Deletes the files that belong to no webhook and those older than the secret before the one that
   * signs, which a crash may leave behind.
   */
  void deleteAllBut(List<WebhookStore.Hook> hooks) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Set<Path> kept =
        hooks.stream()
            .flatMap(each ->
                Stream.of(
                    file(each.id(), each.generation()), file(each.id(), each.generation() - 1)))
            .collect(Collectors.toUnmodifiableSet());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        if (each.toString().endsWith(".secret") && !kept.contains(each)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static CodedException failed(Path file, IOException e) {
    return new CodedException(
        Problem.in(file.toString(), ErrorCode.FILE_UNWRITABLE, String.valueOf(e.getMessage())), e);
  }
}
