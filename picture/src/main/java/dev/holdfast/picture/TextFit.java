package dev.holdfast.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide text is, about, without a font at hand: as in one of the widest of the usual sans serifs
 * (DejaVu Sans), so that what fits here fits in the others.
 */
final class TextFit {
  private static final String THIN = "ijlI'|";
  private static final String NARROW = "ftr.,:;!()[]- \u00a0";
  private static final String WIDE = "mwMW@%—…";

  private TextFit() {}

  /** In pixels. */
  static double width(String text, double size) {
    return text.codePoints().mapToDouble(TextFit::em).sum() * size;
  }

  private static double em(int c) {
    if (eastAsian(c)) {
      return 1;
    }
    if (c < 0x20 || Character.getType(c) == Character.NON_SPACING_MARK) {
      return 0.3;
    }
    if (THIN.indexOf(c) >= 0) {
      return 0.29;
    }
    if (NARROW.indexOf(c) >= 0) {
      return c == 'f' || c == 't' || c == 'r' ? 0.4 : 0.35;
    }
    if (WIDE.indexOf(c) >= 0) {
      return 0.98;
    }
    return Character.isUpperCase(c) ? 0.72 : 0.61;
  }

  private static boolean eastAsian(int c) {
    return between(c, 0x1100, 0x115f)
        || between(c, 0x2e80, 0xa4cf)
        || between(c, 0xac00, 0xd7a3)
        || between(c, 0xf900, 0xfaff)
        || between(c, 0xfe30, 0xfe4f)
        || between(c, 0xff00, 0xff60)
        || c >= 0x1f300;
  }

  private static boolean between(int c, int first, int last) {
    return c >= first && c <= last;
  }

  /** The text, or as much of its beginning as fits with an ellipsis. */
  static String shorten(String text, double size, double widest) {
    if (width(text, size) <= widest) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    double room = widest / size - em('…');
    for (int c : text.codePoints().toArray()) {
      room -= em(c);
      if (room < 0) {
        break;
      }
      kept.appendCodePoint(c);
    }
    return kept.toString().strip() + "…";
  }

  /** How wide text is in a typeface of which all letters are as wide, in pixels. */
  static double codeWidth(String text, double size) {
    return text.codePoints().mapToDouble(TextFit::codeEm).sum() * size;
  }

  private static double codeEm(int c) {
    return eastAsian(c) ? 1.2 : 0.62;
  }

  /** An id in such a typeface, with its middle left out where it is too long. */
  static String middle(String id, double size, double widest) {
    if (codeWidth(id, size) <= widest) {
      return id;
    }
    int[] letters = id.codePoints().toArray();
    double room = widest / size - codeEm('…');
    int head = 0;
    int tail = letters.length;
    for (boolean front = true; head < tail; front = !front) {
      room -= codeEm(letters[front ? head : tail - 1]);
      if (room < 0) {
        break;
      }
      if (front) {
        head++;
      } else {
        tail--;
      }
    }
    return new String(letters, 0, head) + "…" + new String(letters, tail, letters.length - tail);
  }

  /** Lines of at most a width; words that are longer are divided, the last line shortened. */
  static List<String> wrap(String text, double size, double widest, int mostLines) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    for (String piece : pieces(text, size, widest)) {
      boolean fits = width(line + piece.stripTrailing(), size) <= widest;
      if (!fits && !line.isEmpty() && lines.size() + 1 < mostLines) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      if (lines.size() + 1 == mostLines) {
        rest.append(piece);
      }
      line.append(piece);
    }
    String last = lines.size() + 1 == mostLines ? rest.toString() : line.toString();
    if (!last.isBlank()) {
      lines.add(shorten(last.strip(), size, widest));
    }
    return lines;
  }

  /** What stays together: words with the blank after them, single characters of Chinese. */
  private static List<String> pieces(String text, double size, double widest) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int c = Character.isWhitespace(characters[i]) ? ' ' : characters[i];
      boolean breakBefore =
          (eastAsian(c) && !closing(c)) || width(piece.toString(), size) + em(c) * size > widest;
      if (breakBefore && !piece.isEmpty()) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
      piece.appendCodePoint(c);
      if (c == ' ') {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return pieces;
  }

  /** Characters that no line of Chinese or Japanese begins with. */
  private static boolean closing(int c) {
    return "、。,．・:;?!」』）】〉》”’％，：；？！ー".indexOf(c) >= 0;
  }
}
