package dev.holdfast.ledger.store;

import dev.holdfast.ledger.store.NameChange.Fate;
import dev.holdfast.ledger.store.NameChange.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Files and folders as they are read, and as they would be after a loss of power.
 *
 * <p>Node 0 is the first folder. Nodes are numbered in the order of their making, so that the same
 * changes applied to a copy give the same numbers.
 */
final class DiskState {
  private static final int SECTOR = 512;

  private final List<Node> nodes = new ArrayList<>();

  /** Changes of names not wholly durable, oldest first. */
  private final List<NameChange> unsynced = new ArrayList<>();

  DiskState() {
    nodes.add(new Node(true));
  }

  /** A file or a folder; a file's names are empty, and so is a folder's content. */
  private static final class Node {
    final boolean isFolder;
    final NavigableMap<String, Integer> names = new TreeMap<>();
    final NavigableMap<String, Integer> durableNames = new TreeMap<>();
    final List<Change.Write> unforced = new ArrayList<>();
    Octets content = new Octets();
    Octets durable = new Octets();

    Node(boolean isFolder) {
      this.isFolder = isFolder;
    }
  }

  /** A state of its own that is the same; everything has to be durable. */
  DiskState copyOfDurable() {
    return image(CrashForm.LOST, 0);
  }

  boolean isFolder(int node) {
    return nodes.get(node).isFolder;
  }

  Octets content(int node) {
    return nodes.get(node).content;
  }

  NavigableMap<String, Integer> names(int folder) {
    return nodes.get(folder).names;
  }

  /** Applies a change; returns the number of a node it made, otherwise -1. */
  int apply(Change change) {
    switch (change) {
      case Change.Nothing() -> {}
      case Change.Create(int folder, String name, boolean isFolder) -> {
        int made = nodes.size();
        nodes.add(new Node(isFolder));
        change(made, Optional.of(new Place(folder, name)), Optional.empty());
        return made;
      }
      case Change.Write write -> {
        Node node = nodes.get(write.file());
        node.content.write(write.at(), write.octets(), 0, write.octets().length);
        node.unforced.add(write);
      }
      case Change.Force(int file) -> {
        Node node = nodes.get(file);
        for (Change.Write write : node.unforced) {
          node.durable.write(write.at(), write.octets(), 0, write.octets().length);
        }
        // Where a force failed before, the length is durable and zeroes are in the place of the
        // lost.
        node.durable.extend(node.content.length());
        node.unforced.clear();
      }
      case Change.ForceLost(int file) -> nodes.get(file).unforced.clear();
      case Change.Sync(int folder) -> sync(folder);
      case Change.Move(int fromFolder, String from, int toFolder, String to) ->
          change(
              nodes.get(fromFolder).names.getOrDefault(from, -1),
              Optional.of(new Place(toFolder, to)),
              Optional.of(new Place(fromFolder, from)));
      case Change.Delete(int folder, String name) ->
          change(
              nodes.get(folder).names.getOrDefault(name, -1),
              Optional.empty(),
              Optional.of(new Place(folder, name)));
      case Change.Flip(int file, long bit) -> {
        nodes.get(file).content.flip(bit);
        nodes.get(file).durable.flip(bit);
      }
    }
    return -1;
  }

  private void change(int node, Optional<Place> given, Optional<Place> taken) {
    NameChange change = new NameChange(node, nodes.get(node).isFolder, given, taken, false, false);
    List<NavigableMap<String, Integer>> names = names(false);
    change.take(names);
    change.give(names);
    unsynced.add(change);
  }

  private List<NavigableMap<String, Integer>> names(boolean durable) {
    List<NavigableMap<String, Integer>> names = new ArrayList<>();
    for (Node node : nodes) {
      names.add(durable ? node.durableNames : node.names);
    }
    return names;
  }

  private void sync(int folder) {
    unsynced.replaceAll(change -> change.synced(folder));
    List<Fate> fates = unsynced.stream().map(NameChange::fate).toList();
    List<NameChange> stale = settle(names(true), fates);
    List<NameChange> left = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      switch (fates.get(i)) {
        case NONE -> left.add(unsynced.get(i));
        case GIVEN_ONLY -> left.add(unsynced.get(i).onlyTaken());
        case WHOLE -> {}
      }
    }
    unsynced.clear();
    unsynced.addAll(left);
    unsynced.addAll(stale);
  }

  /**
   * Applies the surviving changes in order; returns the names that were put back.
   *
   * <p>Renames lose no file: one that had a name here, and has one as the disk is read, keeps or
   * gets one, however its moves between folders and the folders themselves survive.
   */
  private List<NameChange> settle(List<NavigableMap<String, Integer>> names, List<Fate> fates) {
    List<Boolean> folders = nodes.stream().map(node -> node.isFolder).toList();
    Map<Integer, List<Place>> before = NameChange.places(names, folders);
    for (int i = 0; i < fates.size(); i++) {
      NameChange change = unsynced.get(i);
      if (fates.get(i) != Fate.NONE) {
        change.give(names);
      }
      if (fates.get(i) == Fate.WHOLE) {
        change.take(names);
      }
    }
    before.keySet().removeAll(NameChange.places(names, folders).keySet());
    Map<Integer, List<Place>> now = NameChange.places(names(false), folders);
    before.keySet().retainAll(now.keySet());
    List<NameChange> stale = new ArrayList<>();
    before.forEach((node, old) -> {
      Place place = old.getFirst();
      Place other = now.getOrDefault(node, old).getFirst();
      boolean isFree = !names.get(place.folder()).containsKey(place.name());
      if (!isFree && NameChange.reachable(names).contains(other.folder())) {
        names.get(other.folder()).put(other.name(), node);
      } else {
        names.get(place.folder()).put(place.name(), node);
        stale.add(NameChange.stale(node, place));
      }
    });
    return stale;
  }

  /** The state after a crash; all of it is durable. */
  DiskState image(CrashForm form, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<NavigableMap<String, Integer>> names =
        switch (form) {
          case KEPT, NAMES_ONLY, NAMES_AND_LENGTHS -> names(false);
          case LOST, CONTENT_ONLY -> names(true);
          case TORN -> tornNames(random);
        };
    DiskState image = new DiskState();
    Map<Integer, Integer> made = new HashMap<>(Map.of(0, 0));
    image(0, names, image, made);
    made.forEach((from, to) -> {
      Node node = image.nodes.get(to);
      node.durable = survivor(nodes.get(from), form, random.split());
      node.content = node.durable.copy();
    });
    return image;
  }

  private void image(
      int from,
      List<NavigableMap<String, Integer>> names,
      DiskState image,
      Map<Integer, Integer> made) {
    Node folder = image.nodes.get(made.getOrDefault(from, -1));
    names
        .get(from)
        .forEach((name, node) -> {
          if (!made.containsKey(node)) {
            made.put(node, image.nodes.size());
            image.nodes.add(new Node(nodes.get(node).isFolder));
            image(node, names, image, made);
          }
          folder.names.put(name, made.get(node));
          folder.durableNames.put(name, made.get(node));
        });
  }

  private List<NavigableMap<String, Integer>> tornNames(SplittableRandom random) {
    List<NavigableMap<String, Integer>> names = new ArrayList<>();
    for (Node node : nodes) {
      names.add(new TreeMap<>(node.durableNames));
    }
    double chance = chance(random);
    List<Fate> fates = new ArrayList<>();
    for (NameChange change : unsynced) {
      boolean isHalf = change.isBetweenFolders() && random.nextInt(4) == 0;
      Fate survives = isHalf ? Fate.GIVEN_ONLY : Fate.WHOLE;
      fates.add(random.nextDouble() < chance ? survives : Fate.NONE);
    }
    settle(names, fates);
    return names;
  }

  private static Octets survivor(Node node, CrashForm form, SplittableRandom random) {
    return switch (form) {
      case LOST, NAMES_ONLY -> node.durable.copy();
      case KEPT, CONTENT_ONLY -> node.content.copy();
      case NAMES_AND_LENGTHS -> {
        Octets octets = node.durable.copy();
        octets.extend(node.content.length());
        yield octets;
      }
      case TORN -> torn(node, random);
    };
  }

  private static Octets torn(Node node, SplittableRandom random) {
    Octets octets = node.durable.copy();
    double chance = chance(random);
    for (Change.Write write : node.unforced) {
      byte[] source = write.octets();
      if (random.nextDouble() < chance) {
        octets.write(write.at(), source, 0, source.length);
      } else {
        switch (random.nextInt(3)) {
          case 0 -> {}
          case 1 -> octets.write(write.at(), source, 0, random.nextInt(source.length + 1));
          default -> tornSectors(octets, write, random);
        }
      }
    }
    if (random.nextInt(4) == 0) {
      octets.extend(node.content.length());
    }
    return octets;
  }

  /** Few, half or most: an even coin for each of many changes would hardly ever keep nearly all. */
  private static double chance(SplittableRandom random) {
    return 0.1 + 0.4 * random.nextInt(3);
  }

  private static void tornSectors(Octets octets, Change.Write write, SplittableRandom random) {
    int end = write.at() + write.octets().length;
    int next;
    for (int from = write.at(); from < end; from = next) {
      next = Math.min(end, (from / SECTOR + 1) * SECTOR);
      if (random.nextBoolean()) {
        octets.write(from, write.octets(), from - write.at(), next - from);
      }
    }
  }

  /** Every file and folder with its content, by path; a folder's path ends in a slash. */
  NavigableMap<String, byte[]> tree() {
    NavigableMap<String, byte[]> tree = new TreeMap<>();
    tree("", 0, tree);
    return tree;
  }

  private void tree(String path, int node, Map<String, byte[]> tree) {
    if (!nodes.get(node).isFolder) {
      tree.put(path, nodes.get(node).content.toArray());
      return;
    }
    tree.put(path + "/", new byte[0]);
    nodes.get(node).names.forEach((name, next) -> tree(path + "/" + name, next, tree));
  }

  /** Tells states apart: the same for the same names and content. */
  long fingerprint() {
    long hash = 1;
    CRC32C checksum = new CRC32C();
    for (Map.Entry<String, byte[]> entry : tree().entrySet()) {
      byte[] octets = entry.getValue();
      checksum.update(octets);
      hash = hash * 0x9E3779B97F4A7C15L + entry.getKey().hashCode();
      hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L + octets.length;
      hash = (hash ^ (hash >>> 32)) * 0x94D049BB133111EBL + Arrays.hashCode(octets);
      hash ^= checksum.getValue() << 31;
    }
    return hash;
  }
}
