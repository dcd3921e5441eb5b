package dev.holdfast.model;

/**
 * A place on the WGS84 ellipsoid, at height zero.
 *
 * @param latitude geodetic latitude in degrees, -90 to 90, north positive
 * @param longitude degrees, -180 to 180, east positive
 */
public record Position(double latitude, double longitude) {
  public Position {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("latitude is not between -90 and 90: " + latitude);
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("longitude is not between -180 and 180: " + longitude);
    }
  }
}
