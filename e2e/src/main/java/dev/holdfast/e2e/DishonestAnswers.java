package dev.holdfast.e2e;

import dev.holdfast.probe.Challenge;
import dev.holdfast.probe.Nonce;
import dev.holdfast.probe.Reflection;
import dev.holdfast.probe.ReflectorSession;
import dev.holdfast.probe.Sighting;
import dev.holdfast.probe.StampMac;
import dev.holdfast.probe.StampTimestamp;
import dev.holdfast.probe.net.SessionPath;
import dev.holdfast.probe.net.SocketAddresses;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers the challenges of some sessions by a {@link Trick}. One thread, one socket. */
final class DishonestAnswers {
  private static final int LONGEST = 2048;
  private static final int BASE = 112;
  private static final int NONCE_TLV = BASE;
  private static final int MAC_TLV = BASE + 4 + Nonce.LENGTH;
  private static final int ROUND = 16;
  private static final int GENUINE_OF_A_ROUND = 5;
  private static final long HOUR = 3600L << 32;
  private static final int PATH_EVERY_MS = 2000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Trick trick;
  private final DatagramSocket socket;
  private final List<Known> known = new CopyOnWriteArrayList<>();

  private static final class Known {
    final KeptSession session;
    final StampMac mac;
    final InetSocketAddress address;
    final SessionPath path;
    final List<byte[]> said = new ArrayList<>();
    ReflectorSession reflected;
    int challenges;

    Known(KeptSession session) {
      this.session = session;
      mac = StampMac.of(session.key());
      address = SocketAddresses.of(session.address());
      path = new SessionPath(session.ssid(), session.id(), session.pathKey());
      reflected = new ReflectorSession(session.ssid(), mac, RANDOM.nextInt());
    }
  }

  DishonestAnswers(Trick trick) throws IOException {
    this.trick = trick;
    socket = new DatagramSocket();
    socket.setSoTimeout(100);
  }

  void add(KeptSession session) {
    known.add(new Known(session));
  }

  void start() {
    Thread.ofPlatform().name("answers " + trick).daemon().start(this::run);
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    long pathDue = 0;
    while (true) {
      try {
        if (System.currentTimeMillis() >= pathDue) {
          pathDue = System.currentTimeMillis() + PATH_EVERY_MS;
          for (Known each : known) {
            send(each, each.path.next());
          }
        }
        packet.setLength(LONGEST);
        socket.receive(packet);
        byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
        for (Known each : known) {
          if (each.address.equals(packet.getSocketAddress())
              && Challenge.ssidOf(octets, octets.length) == each.session.ssid()) {
            for (byte[] answer : answers(each, octets)) {
              send(each, answer);
            }
          }
        }
      } catch (SocketTimeoutException e) {
        // Nothing came.
      } catch (IOException e) {
        System.out.println("dishonest: " + e.getMessage());
      }
    }
  }

  private void send(Known to, byte[] octets) throws IOException {
    socket.send(new DatagramPacket(octets, octets.length, to.address));
  }

  private List<byte[]> answers(Known to, byte[] octets) {
    Challenge challenge;
    try {
      challenge = Challenge.read(octets);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    to.challenges++;
    return switch (trick) {
      case ANSWERED -> one(reflected(octets, to.reflected, now()));
      case BOUNCED -> List.of(octets);
      case WRONG_KEY -> {
        byte[] made = new byte[32];
        RANDOM.nextBytes(made);
        yield one(underAnother(challenge, StampMac.of(made)));
      }
      case OTHER_KEY -> {
        @Nullable Known other = known.stream().filter(each -> each != to).findFirst().orElse(null);
        yield other == null ? List.of() : one(underAnother(challenge, other.mac));
      }
      case EARLY -> {
        Challenge next =
            new Challenge(
                challenge.ssid(),
                challenge.sequence() + 1,
                challenge.timestamp(),
                challenge.error(),
                anyNonce());
        yield one(reflected(written(next, to.mac), fresh(to), now()));
      }
      case COPIED -> {
        Challenge before =
            new Challenge(
                challenge.ssid(),
                challenge.sequence(),
                challenge.timestamp(),
                challenge.error(),
                anyNonce());
        byte[] answer = reflected(written(before, to.mac), fresh(to), now());
        System.arraycopy(octets, BASE, answer, BASE, octets.length - BASE);
        // As a reflector would, which clears the flags of TLVs that it understands.
        answer[NONCE_TLV] = 0;
        answer[MAC_TLV] = 0;
        yield one(answer);
      }
      case REPLAYED -> {
        if (to.challenges % ROUND <= GENUINE_OF_A_ROUND) {
          byte[] answer = reflected(octets, to.reflected, now());
          to.said.add(answer);
          yield one(answer);
        }
        yield List.copyOf(
            to.said.subList(Math.max(0, to.said.size() - GENUINE_OF_A_ROUND), to.said.size()));
      }
      case CLOCKS -> {
        // It came an hour ago by a clock that then jumps: an hour of holding it, and no travel.
        long jump = to.challenges % 2 == 0 ? HOUR : -HOUR;
        yield one(reflected(octets, to.reflected, challenge.timestamp().bits() - HOUR + jump));
      }
    };
  }

  private static List<byte[]> one(byte[] answer) {
    return answer.length == 0 ? List.of() : List.of(answer);
  }

  private static byte[] underAnother(Challenge challenge, StampMac mac) {
    return reflected(
        written(challenge, mac),
        new ReflectorSession(challenge.ssid(), mac, RANDOM.nextInt()),
        now());
  }

  private static ReflectorSession fresh(Known to) {
    return new ReflectorSession(to.session.ssid(), to.mac, RANDOM.nextInt());
  }

  private static byte[] written(Challenge challenge, StampMac mac) {
    byte[] octets = new byte[Challenge.LENGTH];
    var _ = challenge.write(octets, 0, mac);
    return octets;
  }

  private static Nonce anyNonce() {
    byte[] octets = new byte[Nonce.LENGTH];
    RANDOM.nextBytes(octets);
    return Nonce.copyOf(octets, 0);
  }

  private static byte[] reflected(byte[] octets, ReflectorSession session, long received) {
    byte[] answer = octets.clone();
    int length =
        Reflection.reflect(
            answer, answer.length, session, received, DishonestAnswers::now, 64, Sighting.NOTHING);
    return Arrays.copyOf(answer, length);
  }

  private static long now() {
    return StampTimestamp.of(java.time.Instant.now()).bits();
  }
}
