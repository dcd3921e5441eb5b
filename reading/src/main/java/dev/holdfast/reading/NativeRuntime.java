package dev.holdfast.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks the native code of ONNX Runtime for the moment in which it is loaded.
 *
 * <p>What it does by itself leaves an empty folder among the system's temporary files at every
 * start, and 17 MB in it where the process is killed. On a system that is not known here it is left
 * to itself.
 */
final class NativeRuntime {
  private static final String PLACE = "onnxruntime.native.path";

  private static boolean loaded;

  private NativeRuntime() {}

  /** Does what loads the code, and takes away what was unpacked for it. */
  static synchronized <T, E extends Exception> T loading(Loading<T, E> loading)
      throws E, IOException {
    String system = system();
    List<String> names = names(system);
    if (loaded
        || System.getProperty(PLACE) != null
        || names.stream()
            .anyMatch(name -> NativeRuntime.class.getResource(name(system, name)) == null)) {
      return loading.load();
    }
    Path folder = Files.createTempDirectory("holdfast-onnx");
    try {
      for (String name : names) {
        try (InputStream in = NativeRuntime.class.getResourceAsStream(name(system, name))) {
          if (in != null) {
            Files.copy(in, folder.resolve(name));
          }
        }
      }
      System.setProperty(PLACE, folder.toString());
      T result = loading.load();
      loaded = true;
      return result;
    } finally {
      System.clearProperty(PLACE);
      for (String name : names) {
        remove(folder.resolve(name));
      }
      remove(folder);
    }
  }

  /** What loads the code. */
  interface Loading<T, E extends Exception> {
    T load() throws E;
  }

  /** Code that runs can be removed, but for Windows, where it goes when the process ends. */
  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }

  private static String name(String system, String name) {
    return "/ai/onnxruntime/native/" + system + "/" + name;
  }

  private static List<String> names(String system) {
    if (system.startsWith("win")) {
      return List.of("onnxruntime.dll", "onnxruntime4j_jni.dll");
    }
    String ending = system.startsWith("osx") ? ".dylib" : ".so";
    return List.of("libonnxruntime" + ending, "libonnxruntime4j_jni" + ending);
  }

  /** As the jar names systems. */
  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String kind = name.contains("mac") ? "osx" : name.contains("win") ? "win" : "linux";
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return kind
        + "-"
        + switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "arm64", "aarch64" -> "aarch64";
          default -> processor;
        };
  }
}
