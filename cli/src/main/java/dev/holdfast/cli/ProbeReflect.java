package dev.holdfast.cli;

import dev.holdfast.probe.net.Reflector;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.ReflectorSettings;
import dev.holdfast.probe.net.SocketAddresses;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers plain packets until told to end. */
final class ProbeReflect {
  private final Surroundings surroundings;
  private final OutputOptions output;

  ProbeReflect(Surroundings surroundings, OutputOptions output) {
    this.surroundings = surroundings;
    this.output = output;
  }

  int run(InetSocketAddress bind, boolean spin) {
    try (Reflector reflector =
        new Reflector(
            UdpSockets.open(bind, Stamps.RECEIVE),
            new ReflectorSessions(),
            ReflectorSettings.defaults().withPlain(true).withSpinning(spin),
            new SecureRandom())) {
      reflector.start();
      Serving.untilToldToEnd(reflector::close, () -> announce(reflector), () -> {});
    }
    return 0;
  }

  private void announce(Reflector reflector) {
    String address = SocketAddresses.of(reflector.localAddress()).toString();
    if (output.form == OutputOptions.Form.JSON) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("address", address);
      line.put("mode", "plain");
      surroundings.out().println(Json.mapper().writeValueAsString(line));
    } else {
      surroundings
          .out()
          .println(surroundings.catalogue(output.language).say("probe.reflecting", address));
    }
    surroundings.out().flush();
  }
}
