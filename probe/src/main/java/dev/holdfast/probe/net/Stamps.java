package dev.holdfast.probe.net;

/** Which stamps a socket is asked for. Where the kernel has none, it is the process's. */
public enum Stamps {
  /** The kernel's for what comes and what goes: for who measures. */
  BOTH,
  /** The kernel's for what comes: for who answers. */
  RECEIVE,
  /** None of the kernel, through the socket that Java has everywhere. */
  PROCESS
}
