package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Reflecting makes no objects; only a Location TLV may ask for some. */
final class AllocationTest {
  private static final int WARM_UP = 2_000;
  private static final int TIMES = 1_000;

  /** HMACs of a challenge made and answered; the JDK makes some objects in each. */
  private static final int MACS = 5;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long allocated(Runnable work) {
    for (int i = 0; i < WARM_UP; i++) {
      work.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TIMES; i++) {
      work.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private long plain(byte[] packet) {
    byte[] copy = new byte[packet.length];
    TransmitClock clock = () -> 2;
    return allocated(() -> {
      System.arraycopy(packet, 0, copy, 0, packet.length);
      PlainStamp.reflect(copy, copy.length, 1, clock, 64, Wire.SIGHTING);
    });
  }

  @Test
  void a_plain_packet_costs_no_object() {
    assertThat(plain(new byte[PlainStamp.LENGTH])).isLessThan(TIMES);
  }

  @Test
  void a_diagnosis_costs_no_object_but_for_its_addresses() {
    byte[] packet = new PlainQuestions(true).write(1, new StampTimestamp(1));
    assertThat(plain(packet)).isLessThan(TIMES);
  }

  @Test
  void a_challenge_costs_no_object_but_for_its_macs() {
    byte[] packet = Wire.packet(Wire.challenge(1));
    byte[] copy = new byte[packet.length];
    StampMac mac = Wire.mac();
    TransmitClock clock = () -> 2;
    ReflectorSession session = Wire.session(1);
    int[] sequence = {1};
    long all =
        allocated(() -> {
          System.arraycopy(packet, 0, copy, 0, packet.length);
          Octets.putInteger(copy, 0, ++sequence[0]);
          mac.tag(copy, 0, Layout.COVERED, copy, Layout.HMAC);
          Reflection.reflect(copy, copy.length, session, 1, clock, 64, Wire.SIGHTING);
        });
    long tag = allocated(() -> mac.tag(packet, 0, Layout.COVERED, copy, Layout.HMAC));
    assertThat(all - MACS * tag).isLessThan(TIMES);
  }
}
