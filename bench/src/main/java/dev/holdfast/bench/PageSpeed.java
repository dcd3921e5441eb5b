package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.holdfast.base.JsonTree;
import dev.holdfast.base.JsonTree.ArrayNode;
import dev.holdfast.base.JsonTree.NumberNode;
import dev.holdfast.base.JsonTree.ObjectNode;
import dev.holdfast.base.JsonTree.TextNode;
import dev.holdfast.base.JsonTree.TruthNode;
import dev.holdfast.server.HoldfastServer;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.sim.BlobsAhead;
import dev.holdfast.sim.FleetPlan;
import dev.holdfast.sim.SimulatedFleet;
import dev.holdfast.sim.SimulatedSite;
import dev.holdfast.sim.SimulatedTraffic;
import dev.holdfast.trust.store.ServerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.DoubleHistogram;

/**
 * What the pages weigh, how long it takes until the world is seen, and how long the globe takes for
 * a frame while it is turned.
 *
 * <p>Arguments: a folder, Chromium's executable, a number of sites and of chips. 3,000 of the chips
 * are a simulated fleet that was measured once, the others are declared and silent, in sites strewn
 * around the world. Browser and server share the machine; Chromium draws without a graphics card.
 * The limit that frames are held against is the 16.7 ms of a display of 60 Hz.
 */
public final class PageSpeed {
  private static final long SEED = 1;
  private static final int MEASURED = 3_000;
  private static final int AT_ONCE = 20_000;
  private static final int LOADS = 7;
  private static final int FRAMES = 240;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final double FRAME_MILLIS = 1000.0 / 60;
  private static final Duration CYCLE = Duration.ofSeconds(60);

  /** Notes when a frame with sites was drawn, and how long each frame's own work took. */
  private static final String WATCH =
      """
      (() => {
        const frame = window.requestAnimationFrame.bind(window);
        window.work = [];
        window.requestAnimationFrame = (callback) => frame((time) => {
          const start = performance.now();
          callback(time);
          window.work.push([time, performance.now() - start]);
        });
        const globe = () => document.querySelector("holdfast-app")?.shadowRoot
            ?.querySelector("world-page")?.shadowRoot?.querySelector("globe-map");
        const look = () => globe()?.land && globe().sites.length
            ? frame(() => frame(() => { window.useful = performance.now(); }))
            : frame(look);
        frame(look);
      })();
      """;

  private static final String WEIGHT =
      """
      () => performance.getEntriesByType("resource")
          .concat(performance.getEntriesByType("navigation"))
          .map((each) => [each.name, each.encodedBodySize, each.decodedBodySize])
      """;

  /** Drags the globe by a pixel or two in each frame, and answers what each frame took. */
  private static final String TURN =
      """
      async (frames) => {
        const globe = document.querySelector("holdfast-app").shadowRoot
            .querySelector("world-page").shadowRoot.querySelector("globe-map");
        const canvas = globe.shadowRoot.querySelector("canvas");
        canvas.setPointerCapture = () => {};
        const send = (type, x) => canvas.dispatchEvent(new PointerEvent(type,
            { bubbles: true, button: 0, pointerId: 1, clientX: x, clientY: 400 }));
        const times = [];
        send("pointerdown", 200);
        window.work.length = 0;
        for (let i = 0; i < frames; i++) {
          send("pointermove", 210 + 3 * i);
          times.push(await new Promise((done) => requestAnimationFrame(done)));
        }
        send("pointerup", 210 + 3 * frames);
        const worked = new Map();
        window.work.forEach(([time, took]) => worked.set(time, (worked.get(time) ?? 0) + took));
        return { gaps: times.slice(1).map((each, i) => each - times[i]), work: [...worked.values()] };
      }
      """;

  private final SimulatedFleet fleet;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int sites;
  private final int chips;

  private PageSpeed(int sites, int chips) {
    this.sites = sites;
    this.chips = chips;
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(CYCLE.multipliedBy(2));
    fleet = SimulatedFleet.of(FleetPlan.usual(SEED, from).withChips(MEASURED));
  }

  /** Runs the measurement; see the class. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "page-speed");
    System.out.println(Machine.describe(folder));
    try {
      new PageSpeed(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
          .run(folder, Path.of(arguments[1]));
    } finally {
      LedgerRates.delete(folder);
    }
  }

  private void run(Path folder, Path chromium) throws IOException {
    try (HoldfastServer server =
        HoldfastServer.start(
            ServerSettings.of(folder, 0), InstantSource.system(), new SecureRandom())) {
      String token = Files.readString(HoldfastServer.adminToken(folder), UTF_8).strip();
      try (ServerClient client = ServerClient.to(URI.create(server.uri()), token)) {
        fill(client);
      }
      try (Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
        System.out.printf("Chromium %s, %d x %d pixels%n", browser.version(), WIDTH, HEIGHT);
        measure(browser, server.uri() + "#token=" + token);
      }
    }
  }

  private void measure(Browser browser, String address) {
    DoubleHistogram useful = new DoubleHistogram(3);
    for (int i = 0; i < LOADS; i++) {
      // Each in a context of its own: nothing is cached, nobody was here before.
      try (BrowserContext context =
          browser.newContext(new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT))) {
        context.addInitScript(WATCH);
        Page page = context.newPage();
        page.navigate(address);
        page.waitForFunction("() => window.useful");
        useful.recordValue(((Number) page.evaluate("() => window.useful")).doubleValue());
        if (i == LOADS - 1) {
          weigh(page);
          turn(page);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "first useful paint (land and all sites drawn): median %,.0f ms, from %,.0f to %,.0f of %d"
            + " loads%n",
        useful.getValueAtPercentile(50),
        useful.getMinValue(),
        useful.getMaxValue(),
        LOADS);
  }

  private static void weigh(Page page) {
    Map<String, long[]> kinds = new TreeMap<>();
    for (Object each : (List<?>) page.evaluate(WEIGHT)) {
      List<?> entry = (List<?>) each;
      String path = URI.create((String) entry.get(0)).getPath();
      String kind =
          path.startsWith("/api/")
              ? "data"
              : path.endsWith(".json") ? path.startsWith("/messages") ? "words" : "land" : "code";
      long[] sum = kinds.computeIfAbsent(kind, name -> new long[3]);
      sum[0]++;
      sum[1] += ((Number) entry.get(1)).longValue();
      sum[2] += ((Number) entry.get(2)).longValue();
    }
    kinds.forEach((kind, sum) ->
        System.out.printf(
            Locale.ROOT,
            "%s: %d requests, %,.1f kB as sent, %,.1f kB unpacked%n",
            kind,
            sum[0],
            sum[1] / 1e3,
            sum[2] / 1e3));
  }

  private static void turn(Page page) {
    Map<?, ?> took = (Map<?, ?>) page.evaluate(TURN, FRAMES);
    DoubleHistogram gaps = histogram(took, "gaps");
    DoubleHistogram work = histogram(took, "work");
    System.out.printf(
        Locale.ROOT,
        "turning the globe, %d frames: the page's own work p50 %.1f ms, p95 %.1f ms, %.2f and %.2f"
            + " of a frame at 60 Hz; from frame to frame p50 %.1f ms, p95 %.1f ms%n",
        FRAMES,
        work.getValueAtPercentile(50),
        work.getValueAtPercentile(95),
        work.getValueAtPercentile(50) / FRAME_MILLIS,
        work.getValueAtPercentile(95) / FRAME_MILLIS,
        gaps.getValueAtPercentile(50),
        gaps.getValueAtPercentile(95));
  }

  private static DoubleHistogram histogram(Map<?, ?> took, String what) {
    DoubleHistogram histogram = new DoubleHistogram(3);
    ((List<?>) requireNonNull(took.get(what)))
        .forEach(each -> histogram.recordValue(Math.max(0, ((Number) each).doubleValue())));
    return histogram;
  }

  // ---- what is shown

  private void fill(ServerClient client) {
    client.declare(fleet.declaration());
    try (BlobsAhead ahead = new BlobsAhead(client)) {
      var _ = SimulatedTraffic.honest(fleet).cycle(Instant.now().minus(CYCLE), CYCLE, ahead);
    }
    SimulatedSite model = fleet.sites().getFirst();
    List<JsonTree> strewn = new ArrayList<>();
    for (int i = fleet.sites().size(); i < sites; i++) {
      strewn.add(site(i, model.operator()));
    }
    client.declare(ObjectNode.of(Map.of("sites", new ArrayNode(strewn))));
    for (int first = MEASURED; first < chips; first += AT_ONCE) {
      client.declare(silent(first, Math.min(chips, first + AT_ONCE)));
    }
  }

  private ObjectNode site(int number, String operator) {
    return ObjectNode.of(
        Map.of(
            "id", new TextNode(siteName(number)),
            "name", new TextNode("Hall " + number),
            "operator", new TextNode(operator),
            "destination", new TextNode("SG"),
            "latitude", number(random.nextDouble(-50, 65)),
            "longitude", number(random.nextDouble(-180, 180)),
            "radiusKm", number(1),
            "simulated", new TruthNode(true)));
  }

  private static NumberNode number(double value) {
    return new NumberNode(value);
  }

  private ObjectNode silent(int first, int end) {
    List<JsonTree> hosts = new ArrayList<>();
    List<JsonTree> declared = new ArrayList<>();
    for (int i = first; i < end; i++) {
      int number = i / FleetPlan.CHIPS_PER_HOST;
      String host = "strewn-" + number;
      if (i == first || i % FleetPlan.CHIPS_PER_HOST == 0) {
        int site = fleet.sites().size() + number % (sites - fleet.sites().size());
        hosts.add(
            ObjectNode.of(Map.of("id", new TextNode(host), "site", new TextNode(siteName(site)))));
      }
      declared.add(
          ObjectNode.of(
              Map.of(
                  "id", new TextNode("STREWN" + i),
                  "model", new TextNode("SIM-MODEL"),
                  "host", new TextNode(host),
                  "simulated", new TruthNode(true))));
    }
    return ObjectNode.of(Map.of("hosts", new ArrayNode(hosts), "chips", new ArrayNode(declared)));
  }

  private static String siteName(int number) {
    return "strewn-site-" + number;
  }
}
