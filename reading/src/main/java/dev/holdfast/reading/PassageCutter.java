package dev.holdfast.reading;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts documents into passages: pieces small enough for a model to read (at most 400 characters, or
 * 160 in Chinese and Japanese), large enough to be understood alone.
 *
 * <p>A document is paragraphs (apart by blank lines) of sentences; of tables, logs and JSON, and in
 * lists, each line is a sentence. Sentences are put together until the next would make the passage
 * too long. A passage also ends with its paragraph, if it has 200 (80) characters by then; shorter
 * paragraphs stay with the next. A heading begins a passage and is never its end. A sentence that
 * is too long alone is cut where a line may break, by preference behind a comma.
 *
 * <p>Every character that is not blank lies in exactly one passage, in the order of the text, and
 * no passage begins or ends with a blank. Sentences end by the rules of {@link BreakIterator}, so
 * that "No. 4" may count as an end; such a cut shows only where a passage is full just there.
 */
public final class PassageCutter {
  private static final Pattern ROW =
      Pattern.compile("(?:[-*+•|>]|\\d{1,3}[.)、]|[(（]\\d{1,3}[)）])\\s?\\S.*");
  private static final Pattern MARKED = Pattern.compile("#{1,6}\\s.*");
  private static final String ENDS = ".!?:;,。！？：；，、…";
  private static final String PAUSES = ",;:，、；：";

  private final Language language;

  /** A cutter by the rules of a language. */
  public PassageCutter(Language language) {
    this.language = language;
  }

  /** Cuts a document by the rules of its own language. */
  public static List<Passage> cutAny(Document document) {
    return new PassageCutter(Language.of(document.text())).cut(document);
  }

  /** The passages of a document; none where it is blank. */
  public List<Passage> cut(Document document) {
    return new Cut(document).passages();
  }

  /** A stretch of text without blanks at its ends; empty where there is nothing else. */
  private record Stretch(int from, int to) {
    int length() {
      return to - from;
    }
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** One document on its way into passages. */
  private final class Cut {
    private final Document document;
    private final String text;
    private final boolean rows;
    private final int most = language.most();
    private final BreakIterator sentences = BreakIterator.getSentenceInstance(language.locale());
    private final BreakIterator lines = BreakIterator.getLineInstance(language.locale());
    private final List<Passage> passages = new ArrayList<>();

    /** The passage that is being put together, or none where from is negative. */
    private int from = -1;

    private int to;
    private boolean headed;

    Cut(Document document) {
      this.document = document;
      text = document.text();
      rows = document.hasRows();
    }

    List<Passage> passages() {
      int begin = 0;
      for (int line = 0; line < text.length(); ) {
        int feed = text.indexOf('\n', line);
        int next = feed < 0 ? text.length() : feed + 1;
        if (trimmed(line, next).length() == 0) {
          paragraph(trimmed(begin, line), true);
          begin = next;
        }
        line = next;
      }
      paragraph(trimmed(begin, text.length()), false);
      close();
      return passages;
    }

    private void paragraph(Stretch paragraph, boolean followed) {
      if (paragraph.length() == 0) {
        return;
      }
      if (!rows && followed && isHeading(paragraph)) {
        heading(paragraph);
        return;
      }
      int run = paragraph.from();
      int line = paragraph.from();
      while (line < paragraph.to()) {
        int feed = text.indexOf('\n', line);
        int next = feed < 0 || feed >= paragraph.to() ? paragraph.to() : feed + 1;
        Stretch whole = trimmed(line, next);
        boolean marked = !rows && isMarked(whole);
        if (rows || marked || isRow(whole)) {
          sentences(run, line);
          if (marked) {
            heading(whole);
            run = next;
          } else {
            // What follows without a mark of its own goes on this line.
            run = line;
            if (rows) {
              sentence(whole);
              run = next;
            }
          }
        }
        line = next;
      }
      sentences(run, paragraph.to());
      if (from >= 0 && !headed && to - from >= language.least()) {
        close();
      }
    }

    private boolean isMarked(Stretch line) {
      return line.length() > 0
          && text.charAt(line.from()) == '#'
          && line.length() <= most / 2
          && MARKED.matcher(text.substring(line.from(), line.to())).matches();
    }

    private boolean isRow(Stretch line) {
      return line.length() > 0
          && ROW.matcher(text.substring(line.from(), Math.min(line.to(), line.from() + 8)))
              .lookingAt();
    }

    /** A short line that stands alone and does not end as a sentence does. */
    private boolean isHeading(Stretch paragraph) {
      return paragraph.length() <= most / 5
          && text.indexOf('\n', paragraph.from()) >= paragraph.to()
          && ENDS.indexOf(text.charAt(paragraph.to() - 1)) < 0
          && !isRow(paragraph);
    }

    private void heading(Stretch heading) {
      if (!headed) {
        close();
      }
      sentence(heading);
      headed = true;
    }

    private void sentences(int begin, int end) {
      Stretch all = trimmed(begin, end);
      if (all.length() == 0) {
        return;
      }
      sentences.setText(text.substring(all.from(), all.to()));
      int at = sentences.first();
      for (int next = sentences.next(); next != BreakIterator.DONE; next = sentences.next()) {
        sentence(trimmed(all.from() + at, all.from() + next));
        at = next;
      }
    }

    private void sentence(Stretch sentence) {
      if (sentence.length() == 0) {
        return;
      }
      // What is headed goes on, unless its headings alone leave no room.
      if (from >= 0
          && sentence.to() - from > most
          && (!headed || sentence.from() - from > most / 2)) {
        close();
      }
      int begin = from >= 0 ? from : sentence.from();
      if (sentence.to() - begin <= most) {
        from = begin;
        to = sentence.to();
        headed = false;
      } else {
        pieces(sentence, begin);
      }
    }

    /** Cuts what is too long; its first piece stays with the heading before it, if one is. */
    private void pieces(Stretch sentence, int begin) {
      int[] breaks = breaks(sentence);
      int next = 0;
      int passage = begin;
      int piece = sentence.from();
      while (sentence.to() - passage > most) {
        int limit = passage + most;
        int cut = -1;
        int pause = -1;
        for (; next < breaks.length && breaks[next] <= limit; next++) {
          if (breaks[next] > piece) {
            cut = breaks[next];
            pause = cut - passage >= most / 2 && isPause(cut) ? cut : pause;
          }
        }
        int end = pause > 0 ? pause : cut > 0 ? cut : forced(limit);
        while (next > 0 && breaks[next - 1] > end) {
          next--;
        }
        add(passage, end);
        piece = trimmed(end, sentence.to()).from();
        passage = piece;
      }
      from = passage;
      to = sentence.to();
      headed = false;
    }

    /** Where a line may break within a sentence, in the text. */
    private int[] breaks(Stretch sentence) {
      lines.setText(text.substring(sentence.from(), sentence.to()));
      int[] breaks = new int[64];
      int count = 0;
      for (int at = lines.next(); at != BreakIterator.DONE; at = lines.next()) {
        if (count == breaks.length) {
          breaks = Arrays.copyOf(breaks, 2 * count);
        }
        breaks[count++] = sentence.from() + at;
      }
      return Arrays.copyOf(breaks, count);
    }

    private boolean isPause(int at) {
      int before = at;
      while (before > 0 && isBlank(text.charAt(before - 1))) {
        before--;
      }
      return before > 0 && PAUSES.indexOf(text.charAt(before - 1)) >= 0;
    }

    /** Where nothing may break it is cut all the same, but not within a character. */
    private int forced(int limit) {
      boolean within =
          Character.isLowSurrogate(text.charAt(limit))
              && Character.isHighSurrogate(text.charAt(limit - 1));
      return within ? limit - 1 : limit;
    }

    private void close() {
      if (from >= 0) {
        add(from, to);
        from = -1;
      }
      headed = false;
    }

    private void add(int begin, int end) {
      Stretch passage = trimmed(begin, end);
      passages.add(
          new Passage(
              document.name(),
              passages.size(),
              passage.from(),
              passage.to(),
              text.substring(passage.from(), passage.to())));
    }

    private Stretch trimmed(int begin, int end) {
      int first = begin;
      int last = end;
      while (first < last && isBlank(text.charAt(first))) {
        first++;
      }
      while (last > first && isBlank(text.charAt(last - 1))) {
        last--;
      }
      return new Stretch(first, last);
    }
  }
}
