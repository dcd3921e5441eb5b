package dev.holdfast.cli;

import dev.holdfast.base.MessageCatalogue;
import dev.holdfast.locate.Atlas;
import dev.holdfast.locate.Destinations;
import dev.holdfast.locate.Locator;
import dev.holdfast.locate.NaturalEarth;
import dev.holdfast.locate.Settings;
import dev.holdfast.model.Ground;
import dev.holdfast.model.LocationReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code holdfast demo}: the ghost data centre in small, through the product's own locator. */
@Command(
    name = "demo",
    description =
        "Tells the story of a ghost data centre with simulated delays: what can be said about the"
            + " place of a host from its purchase to its return elsewhere. Writes a map of each scene.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Example:", "  holdfast demo --map demo-maps"})
final class DemoCommand implements Callable<Integer> {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Surroundings surroundings;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--map",
      paramLabel = "DIR",
      defaultValue = "holdfast-demo",
      description = "folder for the maps (default: holdfast-demo)")
  private Path map = Path.of("holdfast-demo");

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The JSON form of a scene. */
  record SceneJson(
      boolean simulated,
      java.time.Instant at,
      String narration,
      dev.holdfast.model.ReportJson report,
      String map) {}

  @Override
  public Integer call() {
    NaturalEarth earth = NaturalEarth.load();
    Atlas atlas =
        Atlas.of(
            earth.map(),
            Destinations.of(earth.map(), Destinations.DEFAULT_GROUPS),
            Atlas.DEFAULT_MARGIN);
    DemoStory story = new DemoStory();
    Settings settings = Settings.DEFAULT.withToleratedFaults(0);
    Locator locator = Locator.of(atlas, story.landmarks(), settings);
    MessageCatalogue catalogue = surroundings.catalogue(output.language);
    Sentences sentences =
        new Sentences(catalogue, settings.slowerSpeed().kilometresPerMillisecond());
    MapFolder maps = new MapFolder(map, atlas, sentences);
    PrintStream out = surroundings.out();
    boolean json = output.form == OutputOptions.Form.JSON;
    ReportText text = new ReportText(out, sentences, surroundings.colour());
    if (!json) {
      text.paragraph(catalogue.say("demo.opening"));
    }
    int number = 0;
    for (DemoStory.Scene scene : story.scenes()) {
      number++;
      LocationReport report =
          locator.report(
              scene.target(),
              Ground.simulated(scene.target()),
              scene.measurements(),
              scene.claims());
      Path file = maps.write(maps.draw(report), "scene-" + number);
      if (json) {
        out.println(
            Json.mapper()
                .writeValueAsString(
                    new SceneJson(
                        report.simulated(),
                        scene.at(),
                        MessageCatalogue.in(Locale.ENGLISH).say(scene.narration()),
                        Json.form(report, MessageCatalogue.in(Locale.ENGLISH)),
                        file.toString())));
      } else {
        text.heading(number + ". " + DATE.format(scene.at()), catalogue.say("report.simulated"));
        text.paragraph(catalogue.say(scene.narration()));
        text.print(report);
        text.paragraph(catalogue.say("report.map", file.toString()));
      }
    }
    if (!json) {
      text.paragraph(catalogue.say("demo.closing"));
      text.printAssumptions();
    }
    return 0;
  }
}
