package dev.holdfast.base;

/** Who can mend an error; each category has one exit status of the command. */
public enum ErrorCategory {
  /** The input or the way it was asked is wrong; exit status 2. */
  USER(2),
  /** Another party failed or answered nonsense; exit status 3. */
  PEER(3),
  /** Holdfast itself is at fault; exit status 3. */
  INTERNAL(3),
  /** A disk, a file or memory was not to be had; exit status 3. */
  RESOURCES(3);

  private final int exitStatus;

  ErrorCategory(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The exit status of a command that ends on an error of this category. */
  public int exitStatus() {
    return exitStatus;
  }
}
