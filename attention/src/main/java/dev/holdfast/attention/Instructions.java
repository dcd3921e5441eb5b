package dev.holdfast.attention;

/** With which instructions of the machine the kernels compute; the answers are the same. */
public enum Instructions {
  /**
   * The Vector API; needs {@code --add-modules jdk.incubator.vector} and vectors of 8 or 16 floats.
   */
  VECTOR,
  /** Plain Java, everywhere. */
  SCALAR;

  /** The fastest that this process can use. */
  public static Instructions best() {
    return VECTOR.available() ? VECTOR : SCALAR;
  }

  /** Whether this process can use them. */
  public boolean available() {
    return switch (this) {
      case VECTOR ->
          ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && VectorKernels.fits();
      case SCALAR -> true;
    };
  }

  Kernels kernels() {
    if (!available()) {
      throw new IllegalStateException("the Vector API is not there; use Instructions.best()");
    }
    return this == VECTOR ? new VectorKernels() : new ScalarKernels();
  }
}
