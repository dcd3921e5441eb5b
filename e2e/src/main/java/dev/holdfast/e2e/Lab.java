package dev.holdfast.e2e;

import dev.holdfast.cli.Holdfast;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small world in network namespaces on one machine: the product's own landmarks and agents as
 * processes, attackers among them, and the {@link Wire} between them. Needs root.
 */
final class Lab implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path folder;
  private final LabTrust trust;
  private final List<String> namespaces = new ArrayList<>();
  private final Map<String, Process> processes = new HashMap<>();
  private final Thread cleaning = new Thread(this::remove);
  private @Nullable Process wire;

  Lab(Path folder) {
    this.folder = folder;
    this.trust = new LabTrust(folder);
  }

  /** Why there can be no lab here, or nothing. */
  static String missing() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "the lab needs root";
    }
    if (!Files.exists(Path.of("/dev/net/tun"))) {
      return "the lab needs /dev/net/tun";
    }
    try {
      Commands.run("ip", "-V");
      Commands.run("nft", "--version");
      Commands.run("ip", "netns", "add", "hf-try");
      Commands.run("ip", "netns", "del", "hf-try");
      return "";
    } catch (IOException e) {
      return "the lab needs ip, nft and network namespaces: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  Path folder() {
    return folder;
  }

  Path spools() {
    return folder.resolve("spools");
  }

  Path authority() {
    return trust.authorityFile();
  }

  /** Makes namespaces, wire, keys and configurations. */
  void prepare() throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(cleaning);
    trust.prepare();
    List<WireNode> nodes =
        Stream.concat(
                LabPlan.LANDMARKS.stream().map(LabPlan.LandmarkPlan::at), LabPlan.SITES.stream())
            .map(this::own)
            .toList();
    for (WireNode node : nodes) {
      addNamespace(node.name());
    }
    Path file = folder.resolve("wire.txt");
    Files.write(file, nodes.stream().map(WireNode::line).toList());
    wire = launch("wire", List.of("nice", "-n", "-10"), Wire.class.getName(), file.toString());
    awaitLine("wire", "ready");
    for (String address : LabPlan.RELAYED.values()) {
      Commands.inside(own("inzai"), "ip", "addr", "add", address + "/32", "dev", "w0");
    }
    Commands.inside(
        own("shenzhen"), "ip", "addr", "add", LabPlan.MANASSAS.address() + "/32", "dev", "lo");
    makeNat();
  }

  /** Namespaces of two labs on one machine do not meet. */
  private String own(String namespace) {
    return "hf" + ProcessHandle.current().pid() + "-" + namespace;
  }

  private WireNode own(WireNode node) {
    return new WireNode(
        own(node.name()),
        node.index(),
        node.latitude(),
        node.longitude(),
        node.extraMilliseconds());
  }

  private void addNamespace(String name) throws IOException, InterruptedException {
    Commands.run("ip", "netns", "add", name);
    namespaces.add(name);
  }

  /** A host behind a router that gives every flow another port, and forgets it after a second. */
  private void makeNat() throws IOException, InterruptedException {
    String host = own(LabPlan.NATTED);
    String router = own("router");
    addNamespace(host);
    Commands.inside(
        router, "ip", "link", "add", "lan", "type", "veth", "peer", "name", "wan", "netns", host);
    Commands.inside(router, "ip", "addr", "add", "192.168.77.1/24", "dev", "lan");
    Commands.inside(router, "ip", "link", "set", "lan", "up");
    Commands.inside(host, "ip", "addr", "add", "192.168.77.2/24", "dev", "wan");
    Commands.inside(host, "ip", "link", "set", "wan", "up");
    Commands.inside(host, "ip", "link", "set", "lo", "up");
    Commands.inside(host, "ip", "route", "add", "default", "via", "192.168.77.1");
    Commands.inside(router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    Path rules = folder.resolve("nat.nft");
    Files.writeString(
        rules,
        """
        table ip nat {
          chain postrouting {
            type nat hook postrouting priority 100;
            oifname "w0" masquerade random
          }
        }
        """);
    Commands.inside(router, "nft", "-f", rules.toString());
    for (String timeout : List.of("udp_timeout", "udp_timeout_stream")) {
      Commands.inside(
          router, "sh", "-c", "echo 1 > /proc/sys/net/netfilter/nf_conntrack_" + timeout);
    }
  }

  /** The product's plain reflector in a namespace, to measure the wire by. */
  Process plainReflector(String namespace) throws IOException, InterruptedException {
    Process made =
        launch(
            "plain-" + namespace,
            Commands.within(own(namespace), List.of()),
            Holdfast.class.getName(),
            "probe",
            "--reflect",
            "0.0.0.0:862");
    awaitLine("plain-" + namespace, "862");
    return made;
  }

  /** Starts everybody. */
  void start() throws IOException, InterruptedException {
    for (LabPlan.LandmarkPlan each : LabPlan.LANDMARKS) {
      startLandmark(each.name());
    }
    for (LabPlan.LandmarkPlan each : LabPlan.LANDMARKS) {
      awaitLine(each.name(), each.name().equals("inventor") ? "ready" : "started");
    }
    inside(
        "relay",
        "inzai",
        Relay.class,
        LabPlan.RELAYED.entrySet().stream()
            .map(each -> each.getValue() + "=" + LabPlan.addressOf(each.getKey()))
            .toList());
    awaitLine("relay", "ready");
    for (LabPlan.HostPlan each : LabPlan.HOSTS) {
      holdfast(each.name(), each.namespace(), "agent", each.name());
    }
    holdfast("twin-a", "manassas", "agent", "twin-a");
    holdfast("twin-b", "penrith", "agent", "twin-b");
    List<String> tricks = new ArrayList<>();
    for (Trick trick : LabPlan.TRICKS_AT_THE_OLD_SITE.keySet()) {
      tricks.add(trick + "=" + configuration(LabTrust.nameOf(trick)));
    }
    Path keys = folder.resolve("keys.txt");
    tricks.add("BOX=" + keys);
    inside("tricks", "inzai", DishonestHost.class, tricks);
    inside(
        "smuggler",
        "shenzhen",
        DishonestHost.class,
        List.of(
            Trick.CLOCKS + "=" + configuration("clocks"),
            "OPEN=" + configuration("boxed") + "=" + keys));
    inside(
        "spoofer",
        "shenzhen",
        Spoofer.class,
        List.of(
            LabPlan.MANASSAS.address(),
            "" + LabPlan.FIXED_PORT,
            LabPlan.addressOf("ashburn"),
            LabPlan.addressOf("london"),
            LabPlan.addressOf("frankfurt")));
  }

  void startLandmark(String name) throws IOException {
    if (name.equals("inventor")) {
      inside(name, name, InventedRounds.class, List.of(configuration(name)));
    } else {
      holdfast(name, name, "landmark", name);
    }
  }

  private String configuration(String name) {
    return folder.resolve(name + ".yaml").toString();
  }

  private void holdfast(String process, String namespace, String command, String configuration)
      throws IOException {
    inside(process, namespace, Holdfast.class, List.of(command, configuration(configuration)));
  }

  private void inside(String process, String namespace, Class<?> main, List<String> arguments)
      throws IOException {
    processes.put(
        process,
        launch(
            process,
            Commands.within(own(namespace), List.of()),
            main.getName(),
            arguments.toArray(String[]::new)));
  }

  private Process launch(String name, List<String> before, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(List.of(arguments));
    File log = folder.resolve(name + ".log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  /** What a process has said so far. */
  String log(String process) {
    try {
      return Files.readString(folder.resolve(process + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitLine(String process, String word) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!log(process).contains(word)) {
      if (System.nanoTime() > end) {
        throw new IOException(process + " never said " + word + ": " + log(process));
      }
      Thread.sleep(50);
    }
  }

  /** Kills a process as a power cut would. */
  void kill(String process) throws InterruptedException {
    Process killed = processes.remove(process);
    if (killed != null) {
      killed.destroyForcibly();
      killed.waitFor();
    }
  }

  /** Tells everybody to end; returns the exit statuses of those that the product runs. */
  Map<String, Integer> stop() throws InterruptedException, TimeoutException {
    processes.values().forEach(Process::destroy);
    Map<String, Integer> statuses = new HashMap<>();
    for (Map.Entry<String, Process> each : processes.entrySet()) {
      if (!each.getValue().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException(each.getKey() + " does not end");
      }
      statuses.put(each.getKey(), each.getValue().exitValue());
    }
    processes.clear();
    return statuses;
  }

  /** Runs the product's command in a namespace to its end; what it prints. */
  String ask(String namespace, String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "\"$@\" > " + out + " 2> " + folder.resolve("err.txt") + " || [ $? = 1 ]",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Holdfast.class.getName()));
    command.addAll(List.of(arguments));
    if (namespace.isEmpty()) {
      Commands.run(command.toArray(String[]::new));
    } else {
      Commands.inside(own(namespace), command.toArray(String[]::new));
    }
    return Files.readString(out);
  }

  private void remove() {
    processes.values().forEach(Process::destroyForcibly);
    Process held = wire;
    if (held != null) {
      held.destroyForcibly();
    }
    for (String name : namespaces) {
      try {
        Commands.run("ip", "netns", "del", name);
      } catch (IOException e) {
        System.err.println(e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    namespaces.clear();
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(cleaning);
  }
}
