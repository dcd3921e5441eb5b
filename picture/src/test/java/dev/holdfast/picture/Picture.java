package dev.holdfast.picture;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A drawn map, read back as a viewer would. */
record Picture(String svg, Document document) {
  static Picture of(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      return new Picture(
          svg, factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  List<Element> elements(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  List<Element> styled(String style) {
    return elements("*").stream().filter(e -> e.getAttribute("class").equals(style)).toList();
  }

  List<String> texts() {
    return elements("text").stream().map(Element::getTextContent).toList();
  }

  double height() {
    return Double.parseDouble(document.getDocumentElement().getAttribute("height"));
  }

  /** The lines of all paths in a style. */
  List<Line> lines(String style) {
    List<Line> lines = new ArrayList<>();
    for (Element path : styled(style)) {
      lines.addAll(lines(path));
    }
    return lines;
  }

  private static final Pattern PART = Pattern.compile("([Mlz])|(-?(?:\\d+(?:\\.\\d)?|\\.\\d))");

  /** The lines of one path; a closed one repeats its first point. */
  static List<Line> lines(Element path) {
    List<Line> lines = new ArrayList<>();
    Line line = new Line();
    double x = 0;
    double y = 0;
    List<Double> pair = new ArrayList<>();
    boolean relative = false;
    Matcher matcher = PART.matcher(path.getAttribute("d"));
    int end = 0;
    while (matcher.find()) {
      if (!path.getAttribute("d").substring(end, matcher.start()).isBlank()) {
        throw new AssertionError("not path data: " + path.getAttribute("d"));
      }
      end = matcher.end();
      if (matcher.group(1) != null) {
        switch (matcher.group(1)) {
          case "M" -> {
            line = new Line();
            lines.add(line);
            relative = false;
          }
          case "l" -> relative = true;
          default -> line.add(line.x(0), line.y(0));
        }
      } else {
        pair.add(Double.parseDouble(matcher.group(2)));
        if (pair.size() == 2) {
          x = pair.get(0) + (relative ? x : 0);
          y = pair.get(1) + (relative ? y : 0);
          line.add(x, y);
          pair.clear();
        }
      }
    }
    return lines;
  }

  /** Whether an even-odd fill of lines covers a point. */
  static boolean covers(List<Line> lines, double x, double y) {
    boolean inside = false;
    for (Line line : lines) {
      for (int i = 0; i + 1 < line.size(); i++) {
        if (line.y(i) > y != line.y(i + 1) > y) {
          double t = (y - line.y(i)) / (line.y(i + 1) - line.y(i));
          inside ^= line.x(i) + t * (line.x(i + 1) - line.x(i)) > x;
        }
      }
    }
    return inside;
  }
}
