package dev.holdfast.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.locate.BorderMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Land as drawn against the atlas, point by point. */
class LandTest {
  private static final Outlines WORLD = world();

  private static Outlines world() {
    List<double[][]> rings = new ArrayList<>();
    for (BorderMap.BorderUnit unit : Maps.ATLAS.map().units()) {
      rings.addAll(Maps.ATLAS.map().rings(unit));
    }
    return Outlines.of(rings);
  }

  @Test
  void a_globe_has_land_where_the_atlas_has_it_from_every_side() {
    // Antipodes on land (Spain, Argentina, Mongolia, Antarctica) and at sea; poles; 180 degrees.
    double[][] centres = {
      {-40, 176}, {35, 116}, {-45, -75}, {90, 0}, {-90, 0}, {0, 180}, {40, -100}
    };
    for (double[] centre : centres) {
      agrees(
          new View(
              new Azimuthal(
                  Azimuthal.Kind.GLOBE, Sphere.vector(centre[0], centre[1]), 150, 150, 150),
              new Pane.Disc(150, 150, 150)));
    }
  }

  @Test
  void a_regional_map_has_land_where_the_atlas_has_it() {
    double[][] centres = {{-90, 0}, {68, 180}, {60, 100}, {-17, 180}, {1, 104}, {-40, 175}};
    for (double[] centre : centres) {
      for (double kilometresPerPixel : new double[] {1, 20}) {
        Box box = new Box(0, 0, 300, 240);
        agrees(
            new View(
                new Azimuthal(
                    Azimuthal.Kind.REGIONAL,
                    Sphere.vector(centre[0], centre[1]),
                    Sphere.RADIUS_KM / kilometresPerPixel,
                    150,
                    120),
                new Pane.Rectangle(box)));
      }
    }
  }

  /** Looks only where all around is the same, for coasts are simplified. */
  private static void agrees(View view) {
    SvgWriter svg = new SvgWriter();
    LandLayer.paint(svg, view, Maps.ATLAS, WORLD);
    List<Line> land = Picture.of("<svg>" + svg + "</svg>").lines("land");
    Box box = view.pane().box();
    int looked = 0;
    for (double x = box.x() + 7; x < box.right(); x += 43) {
      for (double y = box.y() + 7; y < box.bottom(); y += 43) {
        if (view.pane().holds(x, y)) {
          looked++;
          boolean here = land(view, x, y);
          assertThat(Picture.covers(land, x, y) == here || !clear(view, x, y, here))
              .describedAs("at %s, %s of %s", x, y, view)
              .isTrue();
        }
      }
    }
    assertThat(looked).isGreaterThan(25);
  }

  private static boolean clear(View view, double x, double y, boolean here) {
    for (int i = 0; i < 8; i++) {
      double px = x + 3 * Math.sin(i * Math.PI / 4);
      double py = y + 3 * Math.cos(i * Math.PI / 4);
      if (!view.pane().holds(px, py) || land(view, px, py) != here) {
        return false;
      }
    }
    return true;
  }

  private static boolean land(View view, double x, double y) {
    return !Maps.ATLAS.at(Sphere.position(view.projection().unproject(x, y))).isEmpty();
  }

  @Test
  void every_coast_closes() {
    assertThat(WORLD.loops())
        .allSatisfy(loop ->
            assertThat(Sphere.angle(loop.vector(0), loop.vector(loop.size() - 1)))
                .isLessThan(Math.toRadians(12)));
  }
}
