package dev.holdfast.detect;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that remembers, where it is asked to, which of its keys were put or removed since that was
 * taken last. For one thread.
 */
final class Shelf<K, V> {
  private final Map<K, V> all;
  private final Set<K> touched = new LinkedHashSet<>();
  private boolean remembering;

  private Shelf(Map<K, V> all) {
    this.all = all;
  }

  static <K, V> Shelf<K, V> inAnyOrder() {
    return new Shelf<>(new HashMap<>());
  }

  static <K extends Comparable<K>, V> Shelf<K, V> sorted() {
    return new Shelf<>(new TreeMap<>());
  }

  @Nullable V get(K key) {
    return all.get(key);
  }

  V getOrDefault(K key, V other) {
    return all.getOrDefault(key, other);
  }

  boolean holds(K key) {
    return all.containsKey(key);
  }

  void put(K key, V value) {
    all.put(key, value);
    touch(key);
  }

  /** Puts a value where there is none; answers whether there was none. */
  boolean putIfAbsent(K key, V value) {
    if (all.putIfAbsent(key, value) != null) {
      return false;
    }
    touch(key);
    return true;
  }

  void remove(K key) {
    if (all.remove(key) != null) {
      touch(key);
    }
  }

  void clear() {
    all.keySet().forEach(this::touch);
    all.clear();
  }

  int size() {
    return all.size();
  }

  Collection<V> values() {
    return all.values();
  }

  Set<K> keys() {
    return all.keySet();
  }

  /** Something inside of the value of a key changed. */
  void touch(K key) {
    if (remembering) {
      touched.add(key);
    }
  }

  void remember() {
    remembering = true;
  }

  /** What was touched, in the order in which it first was; null for what is gone. */
  void takeTouched(BiConsumer<K, @Nullable V> use) {
    touched.forEach(key -> use.accept(key, all.get(key)));
    touched.clear();
  }
}
