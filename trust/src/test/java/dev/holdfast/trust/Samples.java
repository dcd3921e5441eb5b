package dev.holdfast.trust;

import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NullNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.model.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Values that several tests use, fixed ones and seeded random ones. */
final class Samples {
  static final SourceId SOURCE = new SourceId("landmark tokyo-1");
  static final StatementType TYPE = StatementType.ofHoldfast("round", 1);
  static final Instant TIME = Instant.parse("2026-01-31T08:00:00.125Z");
  static final FixedKey EDWARDS = FixedKey.ed25519("samples edwards");
  static final FixedKey NIST = FixedKey.p256("samples nist");
  static final LargePayloads NONE =
      (name, octets) -> {
        throw new IOException("no large payload was expected");
      };

  private Samples() {}

  static Content content(String text) {
    return new Content.Inline(ObjectNode.of(Map.of("text", new TextNode(text))));
  }

  static SignedStatement sign(SigningKey key, Chain chain, Content content) {
    try {
      return new StatementSigner(key).sign(chain, TYPE, TIME, content, NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StatementVerifier verifier() {
    return new StatementVerifier(KeyRing.of(List.of(EDWARDS.publicKey(), NIST.publicKey())));
  }

  /** How many cases: few for the gate, twenty times as many for the thorough run. */
  static int count(int gate) {
    return "thorough".equals(System.getProperty("holdfast.counts", "gate")) ? gate * 20 : gate;
  }

  static ObjectNode randomObject(SplittableRandom random, int depth) {
    Map<String, JsonTree> members = new TreeMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      members.put(randomText(random), randomTree(random, depth - 1));
    }
    return ObjectNode.of(members);
  }

  static JsonTree randomTree(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> new NullNode();
      case 1 -> new TruthNode(random.nextBoolean());
      case 2, 3 -> new NumberNode(randomNumber(random));
      case 4 -> new TextNode(randomText(random));
      case 5 -> {
        List<JsonTree> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(randomTree(random, depth - 1));
        }
        yield new ArrayNode(items);
      }
      default -> randomObject(random, depth);
    };
  }

  /** A finite double: any bits, a small integer, a decimal, or near a power of two or ten. */
  static double randomNumber(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(-1000, 1000);
      case 1 -> random.nextInt(-100_000, 100_000) / 1000.0;
      case 2 -> random.nextLong(-(1L << 54), 1L << 54);
      case 3 ->
          Math.nextAfter(
              Double.parseDouble("1e" + random.nextInt(-310, 308)), random.nextInt(-1, 2));
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : 0;
      }
    };
  }

  static String randomText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int c =
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextInt(0x800);
            case 2 -> random.nextInt(0x10000, 0x110000);
            case 3 -> random.nextInt(0xE000, 0x10000);
            default -> random.nextInt('!', 0x7F);
          };
      text.appendCodePoint(c);
    }
    return text.toString();
  }
}
