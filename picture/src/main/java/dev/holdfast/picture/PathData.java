package dev.holdfast.picture;

/**
 * The {@code d} of an SVG path. Coordinates are rounded to tenths of a pixel before they are made
 * relative, so rounding does not add up.
 */
final class PathData {
  private final StringBuilder out = new StringBuilder();

  PathData closed(Line line) {
    if (append(line)) {
      out.append('z');
    }
    return this;
  }

  PathData open(Line line) {
    append(line);
    return this;
  }

  boolean isEmpty() {
    return out.isEmpty();
  }

  /** False where all points round to one and nothing was written. */
  private boolean append(Line line) {
    long x = 0;
    long y = 0;
    int written = 0;
    int start = out.length();
    for (int i = 0; i < line.size(); i++) {
      long nextX = Math.round(line.x(i) * 10);
      long nextY = Math.round(line.y(i) * 10);
      if (written > 0 && nextX == x && nextY == y) {
        continue;
      }
      if (written == 0) {
        out.append('M').append(Numbers.tenths(nextX));
        pair(nextY);
      } else {
        if (written == 1) {
          out.append('l');
          out.append(Numbers.tenths(nextX - x));
        } else {
          pair(nextX - x);
        }
        pair(nextY - y);
      }
      x = nextX;
      y = nextY;
      written++;
    }
    if (written < 2) {
      out.setLength(start);
      return false;
    }
    return true;
  }

  private void pair(long tenths) {
    if (tenths >= 0) {
      out.append(' ');
    }
    out.append(Numbers.tenths(tenths));
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
