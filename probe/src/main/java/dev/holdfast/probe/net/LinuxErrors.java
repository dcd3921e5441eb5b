package dev.holdfast.probe.net;

/** What error numbers of Linux mean, those that opening a socket gives. */
final class LinuxErrors {
  private LinuxErrors() {}

  static String sentence(int number) {
    return switch (number) {
      case 1 -> "operation not permitted";
      case 13 -> "permission denied";
      case 23, 24 -> "too many open files";
      case 97 -> "address family not supported";
      case 98 -> "address already in use";
      case 99 -> "no such address on this machine";
      case 105, 12 -> "out of memory";
      default -> "error " + number;
    };
  }
}
