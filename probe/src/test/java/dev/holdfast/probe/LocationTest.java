package dev.holdfast.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Location and Timestamp Information TLVs, octet by octet. */
final class LocationTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int HEAD = Layout.TLV_HEAD;

  private static final String ASKED =
      "8002002c"
          + "00000000"
          + "80070010"
          + "00".repeat(16)
          + "80040010"
          + "00".repeat(16)
          + "8003000400000000";

  private static final String TOLD =
      "0002002c"
          + "035e9c40"
          + "00080010"
          + "c0000207"
          + "00".repeat(12)
          + "00050010"
          + "c6336401"
          + "00".repeat(12)
          + "0003000400020002";

  private static final String TOLD_IPV6 =
      "0002002c"
          + "035e9c40"
          + "00090010"
          + "20010db8000000000000000000000007"
          + "00060010"
          + "20010db8000000000000000000000001"
          + "0003000401020501";

  private static final PeerAddress FROM_IPV6 =
      new PeerAddress(0x2001_0DB8_0000_0000L, 7, Wire.FROM.port());
  private static final PeerAddress TO_IPV6 =
      new PeerAddress(0x2001_0DB8_0000_0000L, 1, Wire.TO.port());

  private static byte[] asked() {
    byte[] tlvs = new byte[Location.LENGTH + TimestampInformation.LENGTH];
    int at = Location.ask(tlvs, 0);
    TimestampInformation.ask(tlvs, at);
    return tlvs;
  }

  /** What a plain reflector makes of TLVs. */
  private static byte[] answered(byte[] tlvs, Sighting sighting) {
    byte[] packet = new byte[PlainStamp.LENGTH + tlvs.length];
    System.arraycopy(tlvs, 0, packet, PlainStamp.LENGTH, tlvs.length);
    int length = PlainStamp.reflect(packet, packet.length, 1, () -> 2, 64, sighting);
    assertThat(length).isEqualTo(packet.length);
    return Arrays.copyOfRange(packet, PlainStamp.LENGTH, length);
  }

  private static String answered(String tlvs) {
    return HEX.formatHex(answered(HEX.parseHex(tlvs), Wire.SIGHTING));
  }

  @Test
  void the_question_has_these_octets() {
    assertThat(HEX.formatHex(asked())).isEqualTo(ASKED);
  }

  @Test
  void the_answer_has_these_octets() {
    assertThat(answered(ASKED)).isEqualTo(TOLD);
  }

  @Test
  void over_ipv6_the_answer_has_these_octets() {
    byte[] answer =
        answered(asked(), Wire.sighting(FROM_IPV6, TO_IPV6, new TimestampInformation(1, 2, 5, 1)));
    assertThat(HEX.formatHex(answer)).isEqualTo(TOLD_IPV6);
  }

  @Test
  void what_is_not_told_is_zero_and_understood() {
    byte[] answer = answered(asked(), Sighting.NOTHING);
    Diagnosis read = Diagnosis.read(answer, 0, answer.length);
    PeerAddress nowhere = new PeerAddress(0, 0, 0);
    assertThat(read.location()).isEqualTo(new Told.Said<>(new Location(nowhere, nowhere)));
    assertThat(read.stamps()).isEqualTo(new Told.Said<>(TimestampInformation.UNTOLD));
  }

  @Test
  void a_destination_that_is_not_known_is_zero_in_the_family_of_the_source() {
    byte[] answer =
        answered(
            asked(),
            Wire.sighting(Wire.FROM, new PeerAddress(0, 0, 862), TimestampInformation.OF_SOFTWARE));
    assertThat(HEX.formatHex(answer, 28, 48)).isEqualTo("00050010" + "00".repeat(16));
  }

  @Test
  void a_source_mac_address_is_answered_by_zeroes() {
    assertThat(answered("8002001000000000" + "80010008" + "ff".repeat(8)))
        .isEqualTo("00020010035e9c40" + "00030008" + "00".repeat(8));
  }

  @Test
  void without_room_for_addresses_only_ports_are_told() {
    assertThat(answered("8002000400000000")).isEqualTo("00020004035e9c40");
  }

  @Test
  void a_sub_tlv_that_it_does_not_know_keeps_its_flag_and_does_not_stop_the_next() {
    assertThat(
            answered("80020020" + "00000000" + "80fa000401020304" + "80070010" + "00".repeat(16)))
        .isEqualTo(
            "00020020" + "035e9c40" + "80fa000401020304" + "00080010c0000207" + "00".repeat(12));
    assertThat(answered("8003000a00000000" + "80090002abcd"))
        .isEqualTo("0003000a00020002" + "80090002abcd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "02 0003 000000",
        "02 0000",
        "02 0007 00000000 800700",
        "03 0003 000000",
        "03 0005 00000000 80"
      })
  void a_tlv_whose_value_cannot_be_is_malformed_and_stops_the_rest(String tlv) {
    String body = tlv.replace(" ", "");
    String rest = "8003000400000000";
    assertThat(answered("80" + body + rest)).isEqualTo("40" + body + rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"07000f", "040008", "010010", "08000f", "fa0011"})
  void a_sub_tlv_whose_length_cannot_be_is_flagged_with_its_tlv(String sub) {
    String zeroes = "00".repeat(16);
    assertThat(answered("80020018" + "00000000" + "80" + sub + zeroes))
        .isEqualTo("40020018" + "00000000" + "c0" + sub + zeroes);
  }

  @Test
  void padding_that_no_sender_of_rfc_8972_wrote_comes_back_as_it_was() {
    String padding = "00".repeat(30) + "ff".repeat(11);
    assertThat(answered(padding)).isEqualTo(padding);
  }

  @Test
  void in_plain_mode_nobody_understands_an_hmac() {
    String hmac = "80080010" + "ab".repeat(16);
    assertThat(answered(hmac)).isEqualTo(hmac);
  }

  @Test
  void whatever_was_seen_is_read_as_it_was_told() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2_000; i++) {
      boolean four = random.nextBoolean();
      PeerAddress from = any(random, four);
      PeerAddress to = any(random, four);
      TimestampInformation stamps =
          new TimestampInformation(
              random.nextInt(256), random.nextInt(256), random.nextInt(256), random.nextInt(256));
      byte[] answer = answered(asked(), Wire.sighting(from, to, stamps));
      byte[] written = new byte[answer.length];
      int at = new Location(from, to).write(written, 0);
      stamps.write(written, at);
      assertThat(answer).isEqualTo(written);
      assertThat(Diagnosis.read(answer, 0, answer.length))
          .isEqualTo(
              new Diagnosis(new Told.Said<>(new Location(from, to)), new Told.Said<>(stamps)));
    }
  }

  private static PeerAddress any(SplittableRandom random, boolean four) {
    int port = random.nextInt(1 << 16);
    return four
        ? PeerAddress.ofIpv4(random.nextInt(), port)
        : new PeerAddress(random.nextLong() | 1, random.nextLong(), port);
  }

  @Test
  void what_a_reflector_flags_is_not_read() {
    byte[] told = HEX.parseHex(TOLD);
    told[0] = (byte) 0x80;
    assertThat(reason(read(told).location())).isEqualTo(Told.Reason.NOT_UNDERSTOOD);
    assertThat(read(told).stamps()).isInstanceOf(Told.Said.class);
    told[0] = 0x40;
    assertThat(reason(read(told).location())).isEqualTo(Told.Reason.MALFORMED);
    assertThat(reason(read(told).stamps())).isEqualTo(Told.Reason.ABSENT);
    told[0] = 0;
    told[Location.LENGTH] = 0x20;
    assertThat(reason(read(told).location())).isEqualTo(Told.Reason.NOT_INTACT);
    assertThat(reason(read(told).stamps())).isEqualTo(Told.Reason.NOT_INTACT);
  }

  @Test
  void what_is_malformed_without_saying_so_is_not_read() {
    byte[] told = HEX.parseHex(TOLD);
    told[HEAD + 4 + 3] = 15;
    assertThat(reason(read(told).location())).isEqualTo(Told.Reason.MALFORMED);
    assertThat(reason(Diagnosis.read(told, 0, 47).location())).isEqualTo(Told.Reason.ABSENT);
  }

  @Test
  void words_of_codes_are_stable() {
    assertThat(SynchronizationSource.word(1)).isEqualTo("ntp");
    assertThat(SynchronizationSource.word(2)).isEqualTo("ptp");
    assertThat(SynchronizationSource.word(3)).isEqualTo("ssu-bits");
    assertThat(SynchronizationSource.word(4)).isEqualTo("radio-navigation");
    assertThat(SynchronizationSource.word(5)).isEqualTo("free-running");
    assertThat(SynchronizationSource.word(6)).isEqualTo("code-6");
    assertThat(StampMethod.word(0)).isEqualTo("untold");
    assertThat(StampMethod.word(1)).isEqualTo("hardware");
    assertThat(StampMethod.word(2)).isEqualTo("software");
    assertThat(StampMethod.word(3)).isEqualTo("control-plane");
    assertThat(StampMethod.word(255)).isEqualTo("code-255");
  }

  private static Diagnosis read(byte[] tlvs) {
    return Diagnosis.read(tlvs, 0, tlvs.length);
  }

  private static Told.Reason reason(Told<?> told) {
    return ((Told.Unsaid<?>) told).why();
  }
}
