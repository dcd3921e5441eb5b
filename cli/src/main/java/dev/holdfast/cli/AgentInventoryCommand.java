package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.Durations;
import dev.holdfast.edge.AgentSettings;
import dev.holdfast.edge.InventorySource;
import dev.holdfast.edge.NvmlSource;
import dev.holdfast.edge.RedfishSettings;
import dev.holdfast.edge.RedfishSource;
import dev.holdfast.model.Inventory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code holdfast agent inventory}: what an agent would say of this machine. */
@Command(
    name = "inventory",
    description =
        "Shows what this machine's sources say of its chips, as an agent would: the driver by NVML,"
            + " and a management controller by Redfish where one is named. It signs and sends"
            + " nothing.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Exit status 3 if a source is not there or fails; the others are shown.",
      "",
      "Examples:",
      "  holdfast agent inventory --once",
      "  holdfast agent inventory --once --output json --config rack-7.yaml",
      "  holdfast agent inventory --once --redfish https://bmc-7.example.com/ --credentials bmc.secret"
    })
final class AgentInventoryCommand implements Callable<Integer> {
  private static final Duration USUAL = Duration.ofHours(1);

  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--once",
      description = "looks once; again and again is what the agent itself does")
  private boolean once;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the YAML file of an agent: its controller, and how often it looks")
  private @Nullable Path config;

  @Option(
      names = "--redfish",
      paramLabel = "URL",
      description = "asks this management controller too, such as https://bmc-7.example.com/")
  private @Nullable String redfish;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "its credentials: USER:PASSWORD or a token, in a file of its owner alone")
  private @Nullable Path credentials;

  @Option(
      names = "--authorities",
      paramLabel = "FILE",
      description = "who certifies it, in PEM (default: those that Java trusts)")
  private @Nullable Path authorities;

  @Option(
      names = "--library",
      paramLabel = "FILE",
      defaultValue = NvmlSource.LIBRARY,
      description = "the driver's library (default: " + NvmlSource.LIBRARY + ")")
  private String library = NvmlSource.LIBRARY;

  @Mixin private final OutputOptions output = new OutputOptions();

  AgentInventoryCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (!once) {
      throw new ParameterException(
          spec.commandLine(), "--once is needed: again and again is what the agent itself does");
    }
    Optional<AgentSettings> settings = Optional.ofNullable(config).map(AgentSettings::read);
    InstantSource clock = InstantSource.system();
    List<InventorySource> sources = new ArrayList<>();
    sources.add(new NvmlSource(library, Path.of("/"), clock));
    controller(settings).ifPresent(asked -> sources.add(new RedfishSource(asked, clock)));
    ProblemLog log = new ProblemLog(surroundings.err(), output.form);
    boolean first = true;
    for (InventorySource source : sources) {
      try {
        Inventory inventory = source.look();
        if (output.form == OutputOptions.Form.TEXT && !first) {
          surroundings.out().println();
        }
        print(inventory);
        first = false;
      } catch (CodedException e) {
        log.add(e.problem());
      }
    }
    cost(settings.map(AgentSettings::inventoryEvery).orElse(USUAL));
    return log.finish();
  }

  private Optional<RedfishSettings> controller(Optional<AgentSettings> settings) {
    if (redfish == null) {
      if (credentials != null || authorities != null) {
        throw new ParameterException(
            spec.commandLine(), "--credentials and --authorities belong to --redfish");
      }
      return settings.flatMap(AgentSettings::redfish);
    }
    if (credentials == null) {
      throw new ParameterException(spec.commandLine(), "--redfish needs --credentials");
    }
    try {
      URI address = RedfishSettings.address(redfish);
      return Optional.of(
          new RedfishSettings(address, Optional.ofNullable(authorities), credentials));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--redfish: " + e.getMessage(), e);
    }
  }

  private void print(Inventory inventory) {
    if (output.form == OutputOptions.Form.JSON) {
      surroundings.out().println(InventoryText.json(inventory, Map.of()));
    } else {
      new InventoryText(surroundings.catalogue(output.language))
          .lines(inventory, inventory.source() == Inventory.Source.NVML ? "NVML" : "Redfish")
          .forEach(surroundings.out()::println);
    }
  }

  /** What this took, so that nobody has to guess what an agent costs. */
  private void cost(Duration every) {
    double seconds =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    long octets = memory();
    if (output.form == OutputOptions.Form.JSON) {
      Map<String, Object> cost = new LinkedHashMap<>();
      cost.put("processorSeconds", seconds);
      cost.put("memoryOctets", octets);
      cost.put("everySeconds", every.toSeconds());
      surroundings.err().println(Json.mapper().writeValueAsString(Map.of("cost", cost)));
      return;
    }
    surroundings
        .err()
        .println(
            surroundings
                .catalogue(output.language)
                .say(
                    "inventory.cost",
                    String.format(Locale.ROOT, "%.2f", seconds),
                    String.valueOf(octets >> 20),
                    Durations.print(every)));
  }

  /** What of this process is resident, or where the system does not say, what Java holds. */
  private static long memory() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseGet(() -> Runtime.getRuntime().totalMemory());
    } catch (IOException e) {
      return Runtime.getRuntime().totalMemory();
    }
  }
}
