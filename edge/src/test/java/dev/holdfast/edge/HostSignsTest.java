package dev.holdfast.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Inventory.HostSign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostSignsTest {
  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void a_host_is_known_by_board_system_interfaces_and_disks() throws IOException {
    write("sys/class/dmi/id/product_uuid", "4C4C4544-004A-3410-804C-C7C04F313434\n");
    write("sys/class/dmi/id/chassis_serial", "J1234\n");
    write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    write("sys/class/net/eth0/address", "AA:BB:CC:00:00:01\n");
    write("sys/class/net/eth0/device/vendor", "0x15b3\n");
    write("sys/block/nvme0n1/wwid", "eui.1\n");
    write("sys/block/sda/device/wwid", "t10.ATA     DISK    7\n");
    assertThat(HostSigns.read(root))
        .hasSize(5)
        .hasEntrySatisfying(
            HostSign.SYSTEM_UUID,
            values -> assertThat(values).containsExactly("4c4c4544-004a-3410-804c-c7c04f313434"))
        .hasEntrySatisfying(
            HostSign.CHASSIS_SERIAL, values -> assertThat(values).containsExactly("J1234"))
        .hasEntrySatisfying(
            HostSign.NETWORK_ADDRESS,
            values -> assertThat(values).containsExactly("aa:bb:cc:00:00:01"))
        .hasEntrySatisfying(
            HostSign.DISK, values -> assertThat(values).containsExactly("eui.1", "t10.ATA DISK 7"));
  }

  @Test
  void what_software_makes_is_no_sign_of_the_host() throws IOException {
    write("sys/class/net/veth0/address", "aa:bb:cc:00:00:02\n");
    write("sys/class/net/vf0/address", "aa:bb:cc:00:00:03\n");
    write("sys/class/net/vf0/device/physfn/vendor", "0x15b3\n");
    write("sys/class/net/eth1/address", "aa:bb:cc:00:00:04\n");
    write("sys/class/net/eth1/bonding_slave/perm_hwaddr", "aa:bb:cc:00:00:05\n");
    write("sys/class/net/eth1/device/vendor", "0x15b3\n");
    write("sys/block/loop0/size", "7\n");
    Map<HostSign, SortedSet<String>> signs = HostSigns.read(root);
    assertThat(signs).containsOnlyKeys(HostSign.NETWORK_ADDRESS);
    assertThat(signs.get(HostSign.NETWORK_ADDRESS)).containsExactly("aa:bb:cc:00:00:05");
  }

  @Test
  void what_says_nothing_and_what_is_not_there_is_left_out() throws IOException {
    assertThat(HostSigns.read(root)).isEmpty();
    assertThat(HostSigns.read(root.resolve("none"))).isEmpty();
    write("sys/class/dmi/id/product_uuid", "03000200-0400-0500-0006-000700080009\n");
    write("sys/class/dmi/id/chassis_serial", "To Be Filled By O.E.M.\n");
    write("etc/machine-id", "x".repeat(1000));
    write("sys/block/a/wwid", "a\u0007b");
    assertThat(HostSigns.read(root)).containsOnlyKeys(HostSign.DISK);
  }
}
