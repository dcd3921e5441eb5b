package dev.holdfast.reading;

import dev.holdfast.base.BoundedJson;
import dev.holdfast.base.JsonLimits;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer of BERT: text to the numbers of word pieces.
 *
 * <p>Text is cleaned (control characters dropped), lowered, split at white space, at punctuation
 * and around every Han character; each word is then taken apart greedily into the longest pieces of
 * the vocabulary, of which those that go on a word are written {@code ##piece}. A word with a part
 * that no piece fits is one unknown token. Words such as {@code [SEP]} in a text are text, and
 * never the special token.
 *
 * <p>Written here because the library for it is native code that unpacks itself into the user's
 * home folder; tests hold this one against it.
 */
final class WordPieces {
  private static final int LONGEST_WORD = 100;
  private static final int MOST_PIECES = 100_000;
  private static final String GOES_ON = "##";

  private final Map<String, Integer> first = new HashMap<>();
  private final Map<String, Integer> further = new HashMap<>();
  private final boolean bare;
  private final int begin;
  private final int end;
  private final int unknown;

  /**
   * A tokenizer by its vocabulary.
   *
   * @param json a tokenizer.json whose model is of word pieces
   * @param bare whether accents and other marks are taken off letters
   */
  WordPieces(byte[] json, String source, boolean bare) {
    this.bare = bare;
    JsonTree tree =
        BoundedJson.read(json, source, JsonLimits.ofOctets(json.length).withMembers(MOST_PIECES));
    object(object(tree, "model"), "vocab")
        .members()
        .forEach((piece, number) -> {
          int id = (int) ((NumberNode) number).value();
          if (piece.length() > GOES_ON.length() && piece.startsWith(GOES_ON)) {
            further.put(piece.substring(GOES_ON.length()), id);
          } else {
            first.put(piece, id);
          }
        });
    begin = special("[CLS]");
    end = special("[SEP]");
    unknown = special("[UNK]");
  }

  private static ObjectNode object(JsonTree tree, String name) {
    if (tree instanceof ObjectNode object
        && object.get(name).orElse(null) instanceof ObjectNode found) {
      return found;
    }
    throw new IllegalArgumentException("no tokenizer of word pieces: it has no " + name);
  }

  private int special(String piece) {
    Integer id = first.get(piece);
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no " + piece);
    }
    return id;
  }

  /**
   * The numbers of a text, in parts that the network can read, each between the tokens for begin
   * and end. A part ends with a word where it can. An empty text has one part without a piece.
   *
   * @param longest the most numbers of a part, with begin and end, at least 3
   */
  List<long[]> parts(String text, int longest) {
    List<long[]> parts = new ArrayList<>();
    long[] part = new long[longest];
    part[0] = begin;
    int length = 1;
    int[] pieces = new int[LONGEST_WORD];
    for (String word : words(text)) {
      int count = split(word, pieces);
      if (length + count >= longest && length > 1) {
        parts.add(closed(part, length));
        length = 1;
      }
      for (int i = 0; i < count; i++) {
        if (length + 1 == longest) {
          parts.add(closed(part, length));
          length = 1;
        }
        part[length++] = pieces[i];
      }
    }
    if (length > 1 || parts.isEmpty()) {
      parts.add(closed(part, length));
    }
    return parts;
  }

  private long[] closed(long[] part, int length) {
    long[] closed = Arrays.copyOf(part, length + 1);
    closed[length] = end;
    return closed;
  }

  /** Takes a word apart; returns how many pieces there are, at least one. */
  private int split(String word, int[] pieces) {
    int count = 0;
    int from = 0;
    if (word.codePointCount(0, word.length()) <= LONGEST_WORD) {
      while (from < word.length()) {
        Map<String, Integer> known = from == 0 ? first : further;
        int to = word.length();
        @Nullable Integer id = known.get(word.substring(from, to));
        while (id == null && --to > from) {
          id = known.get(word.substring(from, to));
        }
        if (id == null) {
          break;
        }
        pieces[count++] = id;
        from = to;
      }
    }
    if (from < word.length()) {
      pieces[0] = unknown;
      return 1;
    }
    return count;
  }

  private List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    normal(text)
        .codePoints()
        .forEach(c -> {
          if (isSpace(c)) {
            flush(word, words);
          } else if (isPunctuation(c) || isHan(c)) {
            flush(word, words);
            words.add(Character.toString(c));
          } else {
            word.appendCodePoint(c);
          }
        });
    flush(word, words);
    return words;
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private String normal(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isDropped(c)).forEach(clean::appendCodePoint);
    String normal = clean.toString();
    if (bare) {
      normal =
          Normalizer.normalize(normal, Normalizer.Form.NFD)
              .codePoints()
              .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }
    // Letter by letter: no letter is lowered otherwise at the end of a word than within it.
    return normal
        .codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isDropped(int c) {
    return c == 0xFFFD
        || switch (Character.getType(c)) {
          case Character.CONTROL -> c != '\t' && c != '\n' && c != '\r';
          case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
          default -> false;
        };
  }

  private static boolean isSpace(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** The blocks of Han characters that BERT sets apart; kana and Hangul are not among them. */
  private static boolean isHan(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x2CEAF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
