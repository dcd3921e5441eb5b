package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.probe.PeerAddress;
import dev.holdfast.probe.PlainStamp;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.net.Reflector;
import dev.holdfast.probe.net.ReflectorSessions;
import dev.holdfast.probe.net.ReflectorSettings;
import dev.holdfast.probe.net.Stamps;
import dev.holdfast.probe.net.UdpSockets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Asking one reflector over loopback, as a person does. */
final class ProbeTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @TempDir private Path folder = Path.of("");

  private static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  }

  private static Reflector reflector(ReflectorSessions sessions, boolean plain) {
    Reflector reflector =
        new Reflector(
            UdpSockets.open(any(), Stamps.RECEIVE),
            sessions,
            ReflectorSettings.defaults().withPlain(plain),
            new SplittableRandom(1));
    reflector.start();
    return reflector;
  }

  private static String place(Reflector reflector) {
    return "127.0.0.1:" + reflector.localAddress().getPort();
  }

  private String keyFile(String text, String permissions) throws IOException {
    Path file = folder.resolve("session.key");
    Files.writeString(file, text, US_ASCII);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }

  @Test
  void a_plain_reflector_answers_every_question() {
    try (Reflector reflector = reflector(new ReflectorSessions(), true)) {
      Desk.Result result =
          new Desk(folder)
              .run(
                  "probe", place(reflector), "--count", "5", "--interval", "5", "--output", "json");
      assertThat(result.status()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.lines()).hasSize(6);
      JsonNode summary = result.lines().getLast();
      assertThat(summary.path("mode").asString()).isEqualTo("plain");
      assertThat(summary.path("answered").asInt()).isEqualTo(5);
      assertThat(summary.path("minimumNanoseconds").asLong()).isPositive();
    }
  }

  @Test
  void a_diagnosis_is_what_the_reflector_says_of_itself() {
    try (Reflector reflector = reflector(new ReflectorSessions(), true)) {
      Desk.Result result =
          new Desk(folder)
              .run("probe", place(reflector), "--diagnose", "--count", "2", "--output", "json");
      assertThat(result.status()).isZero();
      JsonNode says = result.lines().getFirst().path("reflectorSelfDeclared");
      assertThat(says.path("location").asString()).isEqualTo("told");
      assertThat(says.path("sourceAddress").asString()).isEqualTo("127.0.0.1");
      assertThat(says.path("sourcePort").asInt()).isPositive();
      assertThat(says.path("destinationAddress").asString()).isEqualTo("127.0.0.1");
      assertThat(says.path("destinationPort").asInt())
          .isEqualTo(reflector.localAddress().getPort());
      assertThat(says.path("timestampInformation").asString()).isEqualTo("told");
      assertThat(says.path("synchronizationIn").asString()).isEqualTo("untold");
      assertThat(says.path("stampIn").asString()).isEqualTo("software");
      assertThat(says.path("stampOut").asString()).isEqualTo("software");
      assertThat(result.lines().getLast().has("reflectorSelfDeclared")).isFalse();
    }
  }

  @Test
  void a_diagnosis_in_words_is_said_once_and_says_that_it_bounds_nothing() {
    try (Reflector reflector = reflector(new ReflectorSessions(), true)) {
      for (String[] language :
          new String[][] {
            {"en", "the reflector saw the questions come from 127.0.0.1:", "shortens no bound"},
            {"zh", "反射端自称：所见问题来自 127.0.0.1:", "不会缩短任何距离上限"},
            {"ja", "反射側の申告：問いは 127.0.0.1:", "距離の上限を縮めることはありません"}
          }) {
        Desk.Result result =
            new Desk(folder)
                .run(
                    "probe",
                    place(reflector),
                    "--diagnose",
                    "--count",
                    "3",
                    "--interval",
                    "5",
                    "--language",
                    language[0]);
        assertThat(result.out()).containsOnlyOnce(language[1]).containsOnlyOnce(language[2]);
      }
    }
  }

  @Test
  void a_reflector_that_knows_no_such_fields_is_said_to_say_nothing() throws Exception {
    for (boolean echoes : new boolean[] {true, false}) {
      try (DatagramSocket old = new DatagramSocket(any())) {
        Thread.ofVirtual().start(() -> answerAsOf2020(old, echoes));
        Desk.Result result =
            new Desk(folder)
                .run(
                    "probe",
                    "127.0.0.1:" + old.getLocalPort(),
                    "--diagnose",
                    "--count",
                    "1",
                    "--output",
                    "json");
        JsonNode says = result.lines().getFirst().path("reflectorSelfDeclared");
        assertThat(says.path("location").asString())
            .isEqualTo(echoes ? "not-understood" : "absent");
        assertThat(says.has("sourceAddress")).isFalse();
      }
    }
  }

  /** Answers by RFC 8762 alone: TLVs go back as they came, or not at all. */
  private static void answerAsOf2020(DatagramSocket socket, boolean echoes) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[300], 300);
      socket.receive(packet);
      int length =
          PlainStamp.reflect(packet.getData(), PlainStamp.LENGTH, 1, () -> 2, 64, Sighting.NOTHING);
      socket.send(
          new DatagramPacket(
              packet.getData(), echoes ? packet.getLength() : length, packet.getSocketAddress()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_holder_of_the_key_tells_the_same_under_it() throws Exception {
    try (DatagramSocket host = new DatagramSocket(any())) {
      byte[] key = HexFormat.of().parseHex(KEY);
      Thread.ofVirtual()
          .start(() -> reflect(host, new ReflectorSession(17, StampMac.of(key), 900)));
      Desk.Result result =
          new Desk(folder)
              .run(
                  "probe",
                  "127.0.0.1:" + host.getLocalPort(),
                  "--diagnose",
                  "--key",
                  keyFile(KEY, "rw-------"),
                  "--ssid",
                  "17",
                  "--count",
                  "2",
                  "--interval",
                  "5",
                  "--output",
                  "json");
      assertThat(result.status()).isZero();
      assertThat(result.lines().getLast().path("mode").asString()).isEqualTo("keyed");
      assertThat(result.lines().getLast().path("answered").asInt()).isEqualTo(2);
      JsonNode says = result.lines().getFirst().path("reflectorSelfDeclared");
      assertThat(says.path("location").asString()).isEqualTo("told");
      assertThat(says.has("sourceAddress")).isFalse();
    }
  }

  @Test
  void text_says_that_plain_mode_bounds_nothing() {
    try (Reflector reflector = reflector(new ReflectorSessions(), true)) {
      Desk.Result result =
          new Desk(folder).run("probe", place(reflector), "--count", "2", "--language", "en");
      assertThat(result.out()).contains("answered 2 of 2", "so this bounds no distance");
    }
  }

  @Test
  void nobody_there_is_told_and_exit_status_3() {
    try (Reflector silent = reflector(new ReflectorSessions(), false)) {
      Desk.Result result =
          new Desk(folder).run("probe", place(silent), "--count", "1", "--language", "en");
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.out()).contains("answered none of 1");
    }
  }

  @Test
  void a_forger_who_guesses_is_refused_with_the_reason() throws Exception {
    try (DatagramSocket forger = new DatagramSocket(any())) {
      Thread.ofVirtual().start(() -> answerWithZeroes(forger));
      Desk.Result result =
          new Desk(folder)
              .run(
                  "probe",
                  "127.0.0.1:" + forger.getLocalPort(),
                  "--count",
                  "1",
                  "--output",
                  "json");
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.lines().getLast().path("refused").path("not-awaited").asInt()).isEqualTo(1);
    }
  }

  private static void answerWithZeroes(DatagramSocket socket) {
    try {
      DatagramPacket question = new DatagramPacket(new byte[100], 100);
      socket.receive(question);
      socket.send(new DatagramPacket(new byte[44], 44, question.getSocketAddress()));
    } catch (SocketException e) {
      // Closed: the test is over.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_holder_of_the_key_answers_and_a_holder_of_another_does_not() throws Exception {
    for (boolean right : new boolean[] {true, false}) {
      byte[] key = HexFormat.of().parseHex(KEY);
      key[0] ^= (byte) (right ? 0 : 1);
      try (DatagramSocket host = new DatagramSocket(any())) {
        Thread.ofVirtual()
            .start(() -> reflect(host, new ReflectorSession(17, StampMac.of(key), 900)));
        Desk.Result result =
            new Desk(folder)
                .run(
                    "probe",
                    "127.0.0.1:" + host.getLocalPort(),
                    "--key",
                    keyFile(KEY + "\n", "rw-------"),
                    "--ssid",
                    "17",
                    "--count",
                    "3",
                    "--interval",
                    "5",
                    "--output",
                    "json");
        assertThat(result.status()).isEqualTo(right ? 0 : 3);
        JsonNode summary = result.lines().getLast();
        assertThat(summary.path("mode").asString()).isEqualTo("keyed");
        assertThat(summary.path("answered").asInt()).isEqualTo(right ? 3 : 0);
        Files.delete(folder.resolve("session.key"));
      }
    }
  }

  private static void reflect(DatagramSocket socket, ReflectorSession session) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[300], 300);
        socket.receive(packet);
        int length =
            Reflection.reflect(
                packet.getData(), packet.getLength(), session, 1, () -> 2, 64, Sighting.NOTHING);
        if (length > 0) {
          socket.send(new DatagramPacket(packet.getData(), length, packet.getSocketAddress()));
        }
      }
    } catch (SocketException e) {
      // Closed: the test is over.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void without_the_session_a_keyed_question_gets_no_answer() throws IOException {
    ReflectorSessions sessions = new ReflectorSessions();
    sessions.add(
        new ReflectorSession(17, StampMac.of(HexFormat.of().parseHex(KEY)), 9),
        PeerAddress.of(new byte[] {127, 0, 0, 2}, 1),
        null);
    try (Reflector reflector = reflector(sessions, false)) {
      Desk.Result result =
          new Desk(folder)
              .run(
                  "probe",
                  place(reflector),
                  "--key",
                  keyFile(KEY, "rw-------"),
                  "--ssid",
                  "17",
                  "--count",
                  "1",
                  "--output",
                  "json");
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.lines().getLast().path("mode").asString()).isEqualTo("keyed");
      assertThat(result.lines().getLast().path("answered").asInt()).isZero();
    }
  }

  @Test
  void a_key_file_that_others_may_read_or_that_holds_no_key_is_refused_without_showing_it()
      throws IOException {
    for (String[] bad : new String[][] {{KEY, "rw-r--r--"}, {KEY.substring(2), "rw-------"}}) {
      Desk.Result result =
          new Desk(folder)
              .run("probe", "127.0.0.1:9", "--key", keyFile(bad[0], bad[1]), "--ssid", "17");
      assertThat(result.status()).isEqualTo(2);
      assertThat(result.err()).contains("HF-3025").doesNotContain("0123456789abcdef");
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    for (String[] arguments :
        new String[][] {
          {"probe"},
          {"probe", "127.0.0.1"},
          {"probe", "127.0.0.1:70000"},
          {"probe", "::1:9"},
          {"probe", "127.0.0.1:9", "--count", "0"},
          {"probe", "127.0.0.1:9", "--count", "1001"},
          {"probe", "127.0.0.1:9", "--interval", "0"},
          {"probe", "127.0.0.1:9", "--ssid", "5"},
          {"probe", "127.0.0.1:9", "--spin"},
          {"probe", "127.0.0.1:9", "--reflect", "9"},
          {"probe", "--reflect", "127.0.0.1:0", "--diagnose"}
        }) {
      Desk.Result result = new Desk(folder).run(arguments);
      assertThat(result.status()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(result.err()).contains("HF-2001");
    }
  }
}
