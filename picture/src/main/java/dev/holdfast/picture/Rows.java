package dev.holdfast.picture;

import java.util.ArrayList;
import java.util.List;

/** Boxes of one size in rows of about the same length, each row in the middle. */
record Rows(List<Box> boxes, double bottom) {
  static final double GAP = 8;

  /**
   * Lays out boxes.
   *
   * @param least how wide a box is at least, as long as the area is not narrower
   * @param most how wide it is at most
   */
  static Rows of(int number, Box area, double least, double most, double height) {
    if (number == 0) {
      return new Rows(List.of(), area.y());
    }
    int fitting = Math.max(1, (int) ((area.width() + GAP) / (least + GAP)));
    int rows = (number + fitting - 1) / fitting;
    int columns = (number + rows - 1) / rows;
    double width = Math.min(most, (area.width() - (columns - 1) * GAP) / columns);
    List<Box> boxes = new ArrayList<>();
    double y = area.y();
    for (int first = 0; first < number; first += columns) {
      int inRow = Math.min(columns, number - first);
      double x = area.centreX() - (inRow * (width + GAP) - GAP) / 2;
      for (int i = 0; i < inRow; i++) {
        boxes.add(new Box(x + i * (width + GAP), y, width, height));
      }
      y += height + GAP;
    }
    return new Rows(boxes, y - GAP);
  }
}
