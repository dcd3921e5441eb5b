package dev.holdfast.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A disk in memory that forgets what was not made durable, and fails when told to.
 *
 * <p>The first folder is there from the start; {@code /log} and {@code log} are the same.
 * Operations that change something, or make it durable, are numbered from 0 and remembered, failed
 * ones too, so that {@link Replay} can make the disk after a crash between any two. Those that find
 * nothing to do or cannot be done (a folder that is there, a move from nowhere) are not counted.
 */
final class SimulatedDisk implements Disk {
  private static final long LONGEST_FILE = 1L << 30;

  private final DiskState state;
  private final DiskState start;
  private final List<Change> changes = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  private int faultAt = Integer.MAX_VALUE;
  private FaultKind faultKind = FaultKind.NOT_DONE;
  private int fullFrom = Integer.MAX_VALUE;
  private boolean faultReached;

  SimulatedDisk() {
    this(new DiskState());
  }

  private SimulatedDisk(DiskState state) {
    this.state = state;
    this.start = state.copyOfDurable();
  }

  /** How many operations were done, or failed. */
  synchronized int operations() {
    return changes.size();
  }

  /** Each operation in words, in order. */
  synchronized List<String> story() {
    return List.copyOf(texts);
  }

  /** Lets one operation fail. */
  synchronized void failAt(int operation, FaultKind kind) {
    faultAt = operation;
    faultKind = kind;
  }

  /** Fills the disk: from an operation on, writes that extend a file write half and fail. */
  synchronized void failFrom(int operation) {
    fullFrom = operation;
  }

  /** Makes room on a full disk. */
  synchronized void free() {
    fullFrom = Integer.MAX_VALUE;
  }

  /** Whether an operation was made to fail. */
  synchronized boolean faultReached() {
    return faultReached;
  }

  /** Turns a bit of a file over: bit {@code bit % 8}, from the lowest, of octet {@code bit / 8}. */
  synchronized void flip(Path file, long bit) throws IOException {
    int node = find(file);
    if (node < 0 || state.isFolder(node) || bit / Byte.SIZE >= state.content(node).length()) {
      throw new NoSuchFileException(file.toString(), null, "no bit " + bit);
    }
    record(new Change.Flip(node, bit), "flip bit " + bit + " of " + file);
  }

  /** Every file and folder with its content, by path; a folder's path ends in a slash. */
  synchronized NavigableMap<String, byte[]> tree() {
    return state.tree();
  }

  /** Tells disks apart: the same for the same names and content. */
  synchronized long fingerprint() {
    return state.fingerprint();
  }

  /** The disk after a crash that follows its first operations; all of it is durable. */
  SimulatedDisk afterCrash(int operations, CrashForm form, long seed) {
    Replay replay = replay();
    replay.advance(operations);
    return replay.image(form, seed);
  }

  /** All that was done so far, to be gone through again. */
  synchronized Replay replay() {
    return new Replay(start.copyOfDurable(), List.copyOf(changes));
  }

  /** Goes through the operations of a disk, one after the other. */
  static final class Replay {
    private final DiskState state;
    private final List<Change> changes;
    private int done;

    private Replay(DiskState state, List<Change> changes) {
      this.state = state;
      this.changes = changes;
    }

    /** Goes on until so many operations are done. */
    void advance(int operations) {
      if (operations < done || operations > changes.size()) {
        throw new IllegalArgumentException(operations + " of " + changes.size() + " after " + done);
      }
      for (; done < operations; done++) {
        state.apply(changes.get(done));
      }
    }

    /** The disk after a crash at this point; the seed matters for {@link CrashForm#TORN}. */
    SimulatedDisk image(CrashForm form, long seed) {
      return new SimulatedDisk(state.image(form, seed));
    }
  }

  @Override
  public synchronized Optional<byte[]> read(Path file) throws IOException {
    int node = find(file);
    if (node < 0) {
      return Optional.empty();
    }
    if (state.isFolder(node)) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    return Optional.of(state.content(node).toArray());
  }

  @Override
  public synchronized List<String> list(Path folder) throws IOException {
    int node = find(folder);
    if (node < 0) {
      return List.of();
    }
    return List.copyOf(state.names(requireFolder(node, folder)).keySet());
  }

  @Override
  public synchronized boolean exists(Path path) {
    try {
      return find(path) >= 0;
    } catch (FileSystemException underFile) {
      return false;
    }
  }

  @Override
  public synchronized void createFolder(Path folder) throws IOException {
    int node = find(folder);
    if (node < 0) {
      Change create = new Change.Create(parent(folder), name(folder), true);
      perform(create, "create folder " + folder);
    } else if (!state.isFolder(node)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
  }

  @Override
  public synchronized void syncFolder(Path folder) throws IOException {
    int node = requireFolder(require(folder), folder);
    perform(new Change.Sync(node), "sync folder " + folder);
  }

  @Override
  public synchronized OpenFile open(Path file) throws IOException {
    int node = find(file);
    if (node < 0) {
      node = perform(new Change.Create(parent(file), name(file), false), "create " + file);
    } else if (state.isFolder(node)) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    return new SimulatedFile(node, file);
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    int node = require(from);
    int target = find(to);
    if (state.isFolder(node) || (target >= 0 && state.isFolder(target))) {
      throw new FileSystemException(from.toString(), to.toString(), "Is a directory");
    }
    if (node != target) {
      Change move = new Change.Move(parent(from), name(from), parent(to), name(to));
      perform(move, "move " + from + " to " + to);
    }
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    int node = find(path);
    if (node < 0) {
      return;
    }
    if (!state.names(node).isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    perform(new Change.Delete(parent(path), name(path)), "delete " + path);
  }

  private final class SimulatedFile implements OpenFile {
    private final int node;
    private final Path path;
    private boolean closed;

    private SimulatedFile(int node, Path path) {
      this.node = node;
      this.path = path;
    }

    @Override
    public void write(ByteBuffer octets, long at) throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen(at);
        byte[] source = new byte[octets.remaining()];
        octets.get(source);
        if (source.length > 0) {
          Change write = new Change.Write(node, (int) at, source);
          perform(write, "write " + path + " from " + at + " to " + (at + source.length));
        }
      }
    }

    @Override
    public int read(ByteBuffer target, long at) throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen(at);
        byte[] octets = new byte[target.remaining()];
        int count = state.content(node).read((int) at, octets);
        target.put(octets, 0, count);
        return count;
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen(0);
        return state.content(node).length();
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (SimulatedDisk.this) {
        requireOpen(0);
        perform(new Change.Force(node), "force " + path);
      }
    }

    @Override
    public void close() {
      synchronized (SimulatedDisk.this) {
        closed = true;
      }
    }

    private void requireOpen(long at) throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (at < 0 || at > LONGEST_FILE) {
        throw new IllegalArgumentException("no place in a file: " + at);
      }
    }
  }

  private int perform(Change change, String text) throws IOException {
    int number = changes.size();
    if (number == faultAt) {
      faultReached = true;
      Change happens = faultKind == FaultKind.DONE_BUT_FAILED ? change : failed(change, faultKind);
      record(happens, text + " (failed, " + faultKind + ")");
      throw new IOException("Input/output error: " + text);
    }
    if (number >= fullFrom
        && change instanceof Change.Write(int file, int at, byte[] octets)
        && at + octets.length > state.content(file).length()) {
      faultReached = true;
      record(failed(change, FaultKind.HALF_DONE), text + " (failed, disk full)");
      throw new IOException("No space left on device");
    }
    return record(change, text);
  }

  private static Change failed(Change change, FaultKind kind) {
    return switch (change) {
      case Change.Write(int file, int at, byte[] octets) when kind == FaultKind.HALF_DONE ->
          new Change.Write(file, at, Arrays.copyOf(octets, octets.length / 2));
      case Change.Force(int file) -> new Change.ForceLost(file);
      default -> new Change.Nothing();
    };
  }

  private int record(Change change, String text) {
    changes.add(change);
    texts.add(texts.size() + " " + text);
    return state.apply(change);
  }

  /** The number of what is there, or -1. */
  private int find(Path path) throws FileSystemException {
    int node = 0;
    for (Path part : path.normalize()) {
      if (part.toString().isEmpty()) {
        continue;
      }
      if (!state.isFolder(node)) {
        throw new FileSystemException(path.toString(), null, "Not a directory");
      }
      node = state.names(node).getOrDefault(part.toString(), -1);
      if (node < 0) {
        return -1;
      }
    }
    return node;
  }

  private int require(Path path) throws FileSystemException {
    int node = find(path);
    if (node < 0) {
      throw new NoSuchFileException(path.toString());
    }
    return node;
  }

  private int requireFolder(int node, Path path) throws NotDirectoryException {
    if (!state.isFolder(node)) {
      throw new NotDirectoryException(path.toString());
    }
    return node;
  }

  private int parent(Path path) throws IOException {
    Path folder = path.normalize().getParent();
    return folder == null ? 0 : requireFolder(require(folder), folder);
  }

  private static String name(Path path) {
    return String.valueOf(path.normalize().getFileName());
  }
}
