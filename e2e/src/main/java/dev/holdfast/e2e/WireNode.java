package dev.holdfast.e2e;

import java.util.Locale;

/**
 * One end of the wire: a namespace with addresses of its own at a place on Earth.
 *
 * @param name of the namespace
 * @param index its network is 10.77.INDEX.0/24, its own address the first there
 * @param extraMilliseconds by which everything to and from it is late
 */
record WireNode(
    String name, int index, double latitude, double longitude, double extraMilliseconds) {
  private static final double EARTH_RADIUS_KM = 6371.0088;

  String address() {
    return "10.77." + index + ".1";
  }

  double kilometresTo(WireNode other) {
    double north = Math.toRadians(other.latitude - latitude);
    double east = Math.toRadians(other.longitude - longitude);
    double a =
        Math.pow(Math.sin(north / 2), 2)
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * Math.pow(Math.sin(east / 2), 2);
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
  }

  /** One line of the wire's file. */
  String line() {
    return String.format(
        Locale.ROOT, "%s %d %.5f %.5f %.3f", name, index, latitude, longitude, extraMilliseconds);
  }

  static WireNode parse(String line) {
    String[] fields = line.split(" ", -1);
    return new WireNode(
        fields[0],
        Integer.parseInt(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]));
  }
}
