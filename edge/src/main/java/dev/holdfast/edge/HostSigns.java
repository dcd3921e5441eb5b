package dev.holdfast.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.attest.Signs;
import dev.holdfast.base.Problem;
import dev.holdfast.model.Inventory.HostSign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The signs of a Linux host: what stays with it when its accelerators are taken out. Each is
 * optional; those of DMI can be read by root alone.
 */
final class HostSigns {
  private static final int LONGEST = 200;
  private static final int MOST_ENTRIES = 4096;

  private HostSigns() {}

  /**
   * Looks for them.
   *
   * @param root the folder that stands for {@code /}
   */
  static Map<HostSign, SortedSet<String>> read(Path root) {
    Signs signs = new Signs();
    Path dmi = root.resolve("sys/class/dmi/id");
    add(signs, HostSign.SYSTEM_UUID, dmi.resolve("product_uuid"));
    add(signs, HostSign.CHASSIS_SERIAL, dmi.resolve("chassis_serial"));
    add(signs, HostSign.MACHINE_ID, root.resolve("etc/machine-id"));
    for (Path each : entries(root.resolve("sys/class/net"))) {
      Path device = each.resolve("device");
      // Without a device, or with another's, it is made by software and comes and goes.
      if (Files.exists(device) && !Files.exists(device.resolve("physfn"))) {
        // One that is bonded to others shows an address of theirs, and keeps its own here.
        Path own = each.resolve("bonding_slave/perm_hwaddr");
        add(signs, HostSign.NETWORK_ADDRESS, Files.exists(own) ? own : each.resolve("address"));
      }
    }
    for (Path each : entries(root.resolve("sys/block"))) {
      Path wwid = each.resolve("wwid");
      add(signs, HostSign.DISK, Files.exists(wwid) ? wwid : each.resolve("device/wwid"));
    }
    return signs.all();
  }

  private static void add(Signs signs, HostSign kind, Path file) {
    line(file).ifPresent(text -> signs.add(kind, text));
  }

  private static Optional<String> line(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST + 1), UTF_8).strip();
      return text.length() > LONGEST
          ? Optional.empty()
          : Optional.of(Problem.printable(text).replaceAll(" +", " "));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
      for (Path entry : each) {
        if (entries.size() == MOST_ENTRIES) {
          break;
        }
        entries.add(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    Collections.sort(entries);
    return entries;
  }
}
