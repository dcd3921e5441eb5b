package dev.holdfast.bench;

import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.Reflector;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.ReflectorSettings;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The product's reflector in a process of its own, for measurements that start it: {@code
 * CLIENT_PORT sleep|spin SESSIONS REFLECTORS}. It prints where its reflectors listen and ends when
 * its input does.
 *
 * <p>Limits are set as high as they go, or they would be what is measured. Each reflector has as
 * many sessions, the first the ids from 1 on, the next those behind.
 */
public final class ReflectorChild {
  private static final int UNLIMITED = 1_000_000;

  private ReflectorChild() {}

  /** Runs the reflectors; see the class. */
  public static void main(String[] arguments) throws IOException {
    int client = Integer.parseInt(arguments[0]);
    boolean spins = arguments[1].equals("spin");
    int sessions = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    List<Reflector> reflectors = new ArrayList<>();
    StringJoiner ports = new StringJoiner(" ", "ports ", "");
    try {
      for (int i = 0; i < count; i++) {
        Reflector reflector = reflector(client, spins, sessions, 1 + i * sessions);
        reflectors.add(reflector);
        reflector.start();
        ports.add(String.valueOf(reflector.localAddress().getPort()));
      }
      System.out.println(ports);
      while (System.in.read() >= 0) {
        // Whoever started it says nothing; the end of input is its end.
      }
    } finally {
      reflectors.forEach(Reflector::close);
    }
  }

  private static Reflector reflector(int client, boolean spins, int sessions, int firstSsid) {
    SecureRandom random = new SecureRandom();
    ReflectorSessions open = new ReflectorSessions();
    for (int ssid = firstSsid; ssid < firstSsid + sessions; ssid++) {
      open.add(
          new ReflectorSession(ssid, StampMac.of(BenchSessions.key(ssid)), random.nextInt()),
          BenchSessions.peer(client),
          null);
    }
    return new Reflector(
        UdpSockets.open(BenchSessions.here(0), Stamps.RECEIVE),
        open,
        new ReflectorSettings(spins, true, UNLIMITED, UNLIMITED, true),
        random);
  }
}
