package dev.holdfast.picture;

import java.util.Locale;

/** The colours of the product; nothing else in this room names one. */
enum Token {
  PAPER("#fbfbf9", "#0f1214"),
  PAPER_2("#f1f1ec", "#171b1e"),
  INK("#14181b", "#e8ecee"),
  INK_2("#4a5359", "#aab4ba"),
  INK_3("#5f696f", "#848f97"),
  LINE("#dcded8", "#2a3035"),
  PROVED("#0072b2", "#56b4e9"),
  UNPROVEN("#7f8489", "#9aa3a9"),
  REFUTED("#c8501e", "#e8743b"),
  ATTENTION("#b07d00", "#e6b422"),
  CLAIM("#14181b", "#e8ecee");

  private final String light;
  private final String dark;

  Token(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  String light() {
    return light;
  }

  String dark() {
    return dark;
  }

  /** The name of the custom property. */
  String property() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A CSS declaration, with the light value first for viewers that know no custom properties. */
  String as(String cssProperty) {
    return cssProperty + ":" + light + ";" + cssProperty + ":var(" + property() + ");";
  }
}
