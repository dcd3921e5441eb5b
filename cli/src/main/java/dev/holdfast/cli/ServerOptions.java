package dev.holdfast.cli;

import dev.holdfast.base.CodedException;
import dev.holdfast.base.ErrorCode;
import dev.holdfast.base.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** Where a command listens. */
final class ServerOptions {
  private static final int GREATEST_PORT = 65_535;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "N",
      description = "where to listen; 0 for any port that is free, which is then printed")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description =
          "the address to listen on; 0.0.0.0 for all of this machine (default: 127.0.0.1). There is no"
              + " TLS: on the open net put a proxy before it")
  private String host = "127.0.0.1";

  /** The address. */
  InetSocketAddress address() {
    if (port < 0 || port > GREATEST_PORT) {
      throw new CodedException(
          new Problem(ErrorCode.USAGE, null, 0, "--port", port + " is not from 0 to 65535"));
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new CodedException(
          new Problem(
              ErrorCode.USAGE, null, 0, "--host", Problem.quote(host) + " is no address here"),
          e);
    }
  }
}
