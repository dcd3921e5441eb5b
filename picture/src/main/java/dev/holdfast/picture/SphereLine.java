package dev.holdfast.picture;

import dev.holdfast.model.Position;
import java.util.Arrays;
import java.util.List;

/**
 * Points on the sphere, one after the other, joined by great circles; open or closed as in Line.
 */
final class SphereLine {
  private double[] xyz = new double[24];
  private int size;

  static SphereLine through(List<Position> positions) {
    SphereLine line = new SphereLine();
    for (Position position : positions) {
      line.add(Sphere.vector(position));
    }
    return line;
  }

  void add(double[] vector) {
    if (3 * size == xyz.length) {
      xyz = Arrays.copyOf(xyz, 2 * xyz.length);
    }
    System.arraycopy(vector, 0, xyz, 3 * size, 3);
    size++;
  }

  void addAll(SphereLine other) {
    for (int i = 0; i < other.size; i++) {
      add(other.vector(i));
    }
  }

  void removeLast() {
    size--;
  }

  int size() {
    return size;
  }

  double[] vector(int i) {
    return new double[] {xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
  }
}
