package dev.holdfast.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Vectors of roots, inclusion proofs and consistency proofs. */
final class TreeVectors {
  private static final int SIZE = VectorMaker.ENTRIES;

  private final VectorMaker maker;
  private final MemoryTree tree;

  TreeVectors(VectorMaker maker) {
    this.maker = maker;
    this.tree = maker.tree();
  }

  void make() throws IOException {
    roots();
    for (int index : new int[] {0, 5, 7, 8, 12}) {
      inclusion(index);
    }
    inclusion("good", "a tree of one", 0, 1, List.of(), 0, VectorMaker.leaf(0));
    inclusion("bad", "a tree of none", 0, 0, List.of(), 0, TreeHasher.emptyRoot());
    for (int oldSize : new int[] {1, 4, 7, 8, 12}) {
      consistency(oldSize);
    }
    Hash root = tree.root();
    consistency("good", "the same tree", SIZE, root, SIZE, root, List.of());
    consistency("bad", "the same size, another root", SIZE, root(8), SIZE, root, List.of());
    consistency("bad", "the same tree with a path", SIZE, root, SIZE, root, List.of(root));
  }

  private Hash root(long size) throws IOException {
    return TreeRoot.of(size, tree);
  }

  private void roots() throws IOException {
    for (int size : new int[] {0, 1, 2, 3, 7, 8, SIZE}) {
      root("good", size + " entries", size, root(size));
    }
    root("bad", "8 entries with the root of 7", 8, root(7));
    root("bad", "1 entry with its plain hash", 1, TreeHasher.plain(VectorMaker.entry(0)));
    root("bad", "no entries with a root of zeroes", 0, Hash.of(new byte[Hash.LENGTH]));
  }

  private void root(String expect, String name, int size, Hash root) {
    ObjectNode vector = VectorMaker.vector("root", expect, name);
    ArrayNode entries = vector.putArray("entries");
    for (int i = 0; i < size; i++) {
      entries.add(StrictText.base64(VectorMaker.entry(i)));
    }
    maker.add(vector.put("root", root.base64()));
  }

  private void inclusion(int index) throws IOException {
    List<Hash> path = InclusionProof.make(index, SIZE, tree).path();
    Hash root = tree.root();
    String of = " of " + index;
    inclusion("good", "proof" + of, index, SIZE, path, index, root);
    inclusion("bad", "another entry, proof" + of, index, SIZE, path, (index + 1) % SIZE, root);
    inclusion("bad", "another index, proof" + of, (index + 1) % SIZE, SIZE, path, index, root);
    inclusion("bad", "another root, proof" + of, index, SIZE, path, index, root(8));
    inclusion(
        "bad",
        "a hash too few, proof" + of,
        index,
        SIZE,
        path.subList(1, path.size()),
        index,
        root);
    inclusion("bad", "a hash too many, proof" + of, index, SIZE, with(path, root), index, root);
    inclusion("bad", "a hash changed, proof" + of, index, SIZE, changed(path), index, root);
    inclusion("bad", "a tree of twice the size, proof" + of, index, 2 * SIZE, path, index, root);
  }

  private void inclusion(
      String expect, String name, long index, long size, List<Hash> path, int entry, Hash root) {
    ObjectNode vector =
        VectorMaker.vector("inclusion", expect, name)
            .put("entry", StrictText.base64(VectorMaker.entry(entry)))
            .put("index", index)
            .put("size", size);
    hashes(vector.putArray("path"), path);
    maker.add(vector.put("root", root.base64()));
  }

  private void consistency(int oldSize) throws IOException {
    List<Hash> path = ConsistencyProof.make(oldSize, SIZE, tree).path();
    Hash old = root(oldSize);
    Hash root = tree.root();
    String from = " from " + oldSize;
    consistency("good", "proof" + from, oldSize, old, SIZE, root, path);
    consistency("bad", "another old root, proof" + from, oldSize, root, SIZE, root, path);
    consistency("bad", "another new root, proof" + from, oldSize, old, SIZE, old, path);
    consistency("bad", "roots exchanged, proof" + from, oldSize, root, SIZE, old, path);
    consistency(
        "bad",
        "a hash too few, proof" + from,
        oldSize,
        old,
        SIZE,
        root,
        path.subList(1, path.size()));
    consistency("bad", "a hash too many, proof" + from, oldSize, old, SIZE, root, with(path, root));
    consistency("bad", "a hash changed, proof" + from, oldSize, old, SIZE, root, changed(path));
    consistency("bad", "sizes exchanged, proof" + from, SIZE, old, oldSize, root, path);
  }

  private void consistency(
      String expect,
      String name,
      long oldSize,
      Hash old,
      long newSize,
      Hash root,
      List<Hash> path) {
    ObjectNode vector =
        VectorMaker.vector("consistency", expect, name)
            .put("oldSize", oldSize)
            .put("oldRoot", old.base64())
            .put("newSize", newSize)
            .put("newRoot", root.base64());
    hashes(vector.putArray("path"), path);
    maker.add(vector);
  }

  private static void hashes(ArrayNode array, List<Hash> hashes) {
    hashes.forEach(hash -> array.add(hash.base64()));
  }

  private static List<Hash> with(List<Hash> path, Hash more) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(more);
    return longer;
  }

  private static List<Hash> changed(List<Hash> path) {
    List<Hash> changed = new ArrayList<>(path);
    int last = path.size() - 1;
    changed.set(last, Hash.of(TestKeys.flipped(path.get(last).octets(), 31)));
    return changed;
  }
}
