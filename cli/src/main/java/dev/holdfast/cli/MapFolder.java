package dev.holdfast.cli;

import dev.holdfast.locate.Atlas;
import dev.holdfast.model.LocationReport;
import dev.holdfast.picture.RegionMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes one map for each target into a folder. */
final class MapFolder {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
  private static final int LONGEST_NAME = 80;

  private final Path folder;
  private final RegionMap map;
  private final Sentences sentences;
  private final Set<String> names = new HashSet<>();

  MapFolder(Path folder, Atlas atlas, Sentences sentences) {
    this.folder = folder;
    this.map = RegionMap.of(atlas);
    this.sentences = sentences;
  }

  /** Draws the map of a report; safe for use by several threads. */
  String draw(LocationReport report) {
    return map.draw(report, MapCaption.of(report, sentences));
  }

  /** Writes a map under a name made of a title, whole or not at all; returns its file. */
  Path write(String svg, String title) {
    String name = name(title);
    Path file = folder.resolve(name + ".svg");
    try {
      Files.createDirectories(folder);
      Path part = folder.resolve("." + name + ".part");
      Files.deleteIfExists(part);
      try {
        Files.writeString(part, svg, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw InputFiles.unwritable(file, e);
    }
    return file;
  }

  /** A file name made of a target's: a hostile one leads nowhere, and no two share a file. */
  private String name(String target) {
    String safe = UNSAFE.matcher(target).replaceAll("_");
    if (safe.startsWith(".")) {
      safe = "_" + safe.substring(1);
    }
    safe = safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    String name = safe;
    // Some file systems do not tell capitals apart.
    for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = safe + "-" + i;
    }
    return name;
  }
}
