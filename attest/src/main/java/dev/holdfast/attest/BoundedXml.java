package dev.holdfast.attest;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks a hostile XML text, element by element, and holds nothing but what is asked for.
 *
 * <p>A DOCTYPE that names a DTD elsewhere is passed over and the DTD never fetched. One that
 * declares something itself is refused before the first element, and so is every reference to an
 * entity that XML does not define: nothing expands, and no file or address is ever opened. The text
 * is bounded in octets and in depth, each value in length. It is UTF-8, or UTF-16 with a byte order
 * mark, whatever its first line says: a shell of Windows writes the latter.
 */
final class BoundedXml {
  /** The longest text, in octets. */
  static final int LONGEST = 16 << 20;

  private static final int DEEPEST = 32;
  private static final int LONGEST_VALUE = 1000;

  private final XMLStreamReader reader;
  private final String source;
  private int depth;

  private BoundedXml(XMLStreamReader reader, String source) {
    this.reader = reader;
    this.source = source;
  }

  /**
   * Begins.
   *
   * @throws CodedException INPUT_TOO_LARGE, or MALFORMED_INVENTORY where it is not text
   */
  static BoundedXml of(byte[] octets, String source) {
    String text = decode(octets, source);
    requireNoDeclarations(text, source);
    try {
      return new BoundedXml(factory().createXMLStreamReader(new StringReader(text)), source);
    } catch (XMLStreamException | RuntimeException e) {
      throw malformed(source, 0, e);
    }
  }

  private static XMLInputFactory factory() {
    // Not shared, since nothing promises that several threads may use one.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setXMLResolver((publicId, systemId, base, namespace) -> {
      throw new XMLStreamException("nothing is resolved");
    });
    return factory;
  }

  /** The text of octets as they are marked, or as UTF-8. */
  static String decode(byte[] octets, String source) {
    if (octets.length > LONGEST) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.INPUT_TOO_LARGE,
              "it has " + octets.length + " octets, more than " + LONGEST));
    }
    Charset charset =
        begins(octets, 0xFF, 0xFE) ? UTF_16LE : begins(octets, 0xFE, 0xFF) ? UTF_16BE : UTF_8;
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(octets))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new CodedException(
          Problem.in(
              source,
              ErrorCode.MALFORMED_INVENTORY,
              "it is not text in " + (charset.equals(UTF_8) ? "UTF-8" : "UTF-16")),
          e);
    }
  }

  /**
   * Refuses a DOCTYPE with declarations in it. The reader could be asked for the text of a DOCTYPE
   * when it meets one, but where the text goes over several lines that of the JDK has only pieces.
   */
  private static void requireNoDeclarations(String text, String source) {
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("<?", at)) {
        at = after("?>", text, at);
      } else if (text.startsWith("<!--", at)) {
        at = after("-->", text, at);
      } else if (text.startsWith("<!DOCTYPE", at)) {
        at = afterDoctype(text, at, source);
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  private static int after(String end, String text, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? text.length() : at + end.length();
  }

  private static int afterDoctype(String text, int from, String source) {
    char quote = 0;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      } else if (c == '[') {
        long line = 1 + text.substring(0, at).chars().filter(each -> each == '\n').count();
        throw new CodedException(
            new Problem(
                ErrorCode.MALFORMED_INVENTORY,
                source,
                line,
                null,
                "its DOCTYPE declares entities or elements of its own"));
      }
    }
    return text.length();
  }

  private static boolean begins(byte[] octets, int first, int second) {
    return octets.length > 1 && (octets[0] & 0xFF) == first && (octets[1] & 0xFF) == second;
  }

  /** Goes to the first element, which must have this name. */
  void requireRoot(String name) {
    while (next() != XMLStreamConstants.START_ELEMENT) {
      // A declaration, comments and a DOCTYPE may come before.
    }
    if (!name().equals(name)) {
      throw refuse("", "its first element is " + Problem.quote(name()) + ", not " + name);
    }
  }

  /** Refuses what follows the last element. */
  void requireEnd() {
    while (next() != XMLStreamConstants.END_DOCUMENT) {
      // Comments may come after; an element there is not well-formed.
    }
  }

  /** Goes to the next event and says which, as {@link XMLStreamConstants} has it. */
  int next() {
    int event = step();
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> {
        if (++depth > DEEPEST) {
          throw refuse("", "it is nested deeper than " + DEEPEST + " levels");
        }
      }
      case XMLStreamConstants.END_ELEMENT -> depth--;
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw refuse("", "it refers to an entity, which is not resolved");
      default -> {}
    }
    return event;
  }

  private int step() {
    try {
      return reader.next();
    } catch (XMLStreamException e) {
      throw malformed(source, e.getLocation() == null ? 0 : e.getLocation().getLineNumber(), e);
    } catch (RuntimeException e) {
      // The reader of the JDK has slips over malformed texts, and says so when there is no more.
      throw malformed(source, 0, e);
    }
  }

  /** The reader's own words depend on the language of the machine, so they are not repeated. */
  private static CodedException malformed(String source, int line, Exception cause) {
    return new CodedException(
        new Problem(
            ErrorCode.MALFORMED_INVENTORY,
            source,
            Math.max(0, line),
            null,
            "it is not well-formed XML, or ends too early"),
        cause);
  }

  /** The name of the element that has just begun. */
  String name() {
    return reader.getLocalName();
  }

  /** Passes over the element that has just begun. */
  void skip() {
    for (int within = depth; depth >= within; ) {
      int _ = next();
    }
  }

  /**
   * The text of the element that has just begun; goes to its end.
   *
   * @param place of the element for messages
   */
  String text(String place) {
    StringBuilder text = new StringBuilder();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> throw refuse(place, "it holds other elements");
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (text.length() + reader.getTextLength() > LONGEST_VALUE) {
            throw refuse(place, "it is longer than " + LONGEST_VALUE + " characters");
          }
          text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
        default -> {}
      }
    }
    return text.toString();
  }

  /** The refusal of a field, or of the whole where it is empty; to be thrown. */
  CodedException refuse(String field, String reason) {
    return new CodedException(
        new Problem(
            ErrorCode.MALFORMED_INVENTORY,
            source,
            Math.max(0, reader.getLocation().getLineNumber()),
            field.isEmpty() ? null : field,
            reason));
  }
}
