package dev.holdfast.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.JsonFields;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.model.Names;
import dev.holdfast.model.Reason;
import dev.holdfast.trust.CanonicalJson;
import dev.holdfast.trust.Content;
import dev.holdfast.trust.Sha256;
import dev.holdfast.trust.StatementType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote about a site. It is self-declared: it is what a person said and proves
 * nothing, so that no fold reads it to decide. It is never changed; a correction is another note.
 *
 * <p>The longest is 10,000 UTF-16 code units of at most three octets each, which fits into a
 * statement with all that stands beside it.
 *
 * @param actor whose token it was
 * @param role what that token was then
 * @param title one line, kept as all names are
 * @param text lines that end in U+000A; 1 to {@value #LONGEST_TEXT} characters
 * @param language that it is written in: en, zh or ja
 * @param day that it is about; null where it is about none
 * @param corrects the index of the note of the same site that it corrects; null where it corrects
 *     none
 */
record NoteStatement(
    String actor,
    Role role,
    String site,
    Kind kind,
    String title,
    String text,
    String language,
    @Nullable LocalDate day,
    @Nullable Long corrects) {
  static final StatementType TYPE = StatementType.ofHoldfast("note", 1);

  /** The stable word for what a note is worth. */
  static final String BASIS = "self-declared";

  static final int LONGEST_TEXT = 10_000;

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** What a note is of. */
  enum Kind {
    /** What an inspector saw. */
    INSPECTION,
    /** Who had what, and to whom it went. */
    CUSTODY,
    /** What was mended, exchanged or moved. */
    MAINTENANCE,
    /** Anything else. */
    OTHER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(each -> each.word().equals(word))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException("a note is inspection, custody, maintenance or other"));
    }
  }

  NoteStatement {
    Names.check("actor", actor);
    requireNonNull(role, "role");
    Names.check("site", site);
    requireNonNull(kind, "kind");
    checkTitle(title);
    checkText(text);
    checkLanguage(language);
    if (day != null && (day.getYear() < 1970 || day.getYear() > 9999)) {
      throw new IllegalArgumentException("a day is in the years 1970 to 9999");
    }
    if (corrects != null && (corrects < 0 || corrects > JsonFields.LARGEST)) {
      throw new IllegalArgumentException("there is no entry " + corrects);
    }
  }

  private static String checkTitle(String title) {
    Names.check("title", title);
    return requireShown("title", title);
  }

  private static String checkText(String text) {
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text has 1 to " + LONGEST_TEXT + " characters");
    }
    return requireShown("text", text);
  }

  private static String checkLanguage(String language) {
    if (MessageCatalogue.supported(language).isEmpty()) {
      throw new IllegalArgumentException("a note is written in en, zh or ja");
    }
    return language;
  }

  /** What is signed is what is seen: nothing unseen, and nothing that turns the direction. */
  private static String requireShown(String what, String value) {
    value
        .codePoints()
        .filter(c -> c != '\n' && isUnseen(c))
        .findFirst()
        .ifPresent(c -> {
          throw new IllegalArgumentException(
              what
                  + " holds U+"
                  + HexFormat.of().withUpperCase().toHexDigits(c, c > 0xFFFF ? 6 : 4)
                  + ", which cannot be seen");
        });
    return value;
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static LocalDate day(String text) {
    try {
      if (DAY.matcher(text).matches()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such day", e);
    }
    throw new IllegalArgumentException("it is not a day such as 2026-01-31");
  }

  /** Reads what somebody asks to be written; the lines may end as they do in a form (CRLF). */
  static NoteStatement asked(JsonFields fields, Tokens.Token token, String site) {
    return read(fields, token.name(), token.is(), site, true);
  }

  /** Reads what stands in a statement. */
  static NoteStatement read(JsonFields fields) {
    return read(
        fields, fields.text("actor"), fields.value("role", Role::of), fields.text("site"), false);
  }

  private static NoteStatement read(
      JsonFields fields, String actor, Role role, String site, boolean asTyped) {
    Kind kind = fields.value("kind", Kind::of);
    String title = fields.value("title", NoteStatement::checkTitle);
    String text =
        fields.value("text", typed -> checkText(asTyped ? typed.replace("\r\n", "\n") : typed));
    String language = fields.value("language", NoteStatement::checkLanguage);
    LocalDate day = isGiven(fields, "day") ? fields.value("day", NoteStatement::day) : null;
    Long corrects = isGiven(fields, "corrects") ? fields.whole("corrects") : null;
    fields.requireNothingElse();
    return fields.made(
        "day",
        () -> new NoteStatement(actor, role, site, kind, title, text, language, day, corrects));
  }

  private static boolean isGiven(JsonFields fields, String name) {
    return fields.has(name) && !fields.isNull(name);
  }

  Content content() {
    return new Content.Inline(tree());
  }

  /** The same as text, for the views. */
  String json() {
    return new String(CanonicalJson.octets(tree()), UTF_8);
  }

  /** What the views hold. */
  static NoteStatement of(String json) {
    return read(JsonFields.read(json.getBytes(UTF_8), "note", 1 << 16, ErrorCode.INTERNAL_ERROR));
  }

  /** By which the same words of the same person are known again. */
  Sha256 hash() {
    return Sha256.of(CanonicalJson.octets(tree()));
  }

  private ObjectNode tree() {
    Map<String, JsonTree> fields = new TreeMap<>();
    fields.put("actor", new TextNode(actor));
    fields.put("role", new TextNode(role.word()));
    fields.put("site", new TextNode(site));
    fields.put("kind", new TextNode(kind.word()));
    fields.put("title", new TextNode(title));
    fields.put("text", new TextNode(text));
    fields.put("language", new TextNode(language));
    if (day != null) {
      fields.put("day", new TextNode(day.toString()));
    }
    if (corrects != null) {
      fields.put("corrects", new NumberNode(corrects));
    }
    return ObjectNode.of(fields);
  }

  /** What happened, in a sentence. */
  Reason reason() {
    return Reason.of("event.note", actor, site, title);
  }
}
