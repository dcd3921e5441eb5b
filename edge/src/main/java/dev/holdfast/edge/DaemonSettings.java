package dev.holdfast.edge;

/** How a daemon runs. */
public sealed interface DaemonSettings permits AgentSettings, LandmarkSettings {
  /** The form of its log. */
  LogForm log();

  /** As YAML, every key with its value. */
  String print();
}
