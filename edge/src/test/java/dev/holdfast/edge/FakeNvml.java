package dev.holdfast.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Libraries that stand in for that of a driver, compiled from C where there is a compiler. */
final class FakeNvml {
  /** What every one of them has: two chips, of which nothing more is known. */
  static final String BARE =
      """
      #include <string.h>
      #include <stdint.h>
      #include <stdio.h>
      #define D void *device
      static int open_looks;
      int nvmlInit_v2(void) { open_looks++; return 0; }
      int nvmlShutdown(void) { open_looks--; return 0; }
      int nvmlDeviceGetCount_v2(unsigned *count) { *count = 2; return 0; }
      int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) {
        *device = (void *) (uintptr_t) (index + 1); return 0; }
      const char *nvmlErrorString(int result) { return result == 3 ? "Not Supported" : "Broken"; }
      static int index_of(D) { return (int) (uintptr_t) device; }
      """;

  /** Two chips of a GB200, told in full. */
  static final String FULL =
      BARE
          + """
          int nvmlSystemGetDriverVersion(char *to, unsigned n) { snprintf(to, n, "580.1"); return 0; }
          int nvmlDeviceGetName(D, char *to, unsigned n) {
            snprintf(to, n, "NVIDIA GB200"); return 0; }
          int nvmlDeviceGetUUID(D, char *to, unsigned n) {
            snprintf(to, n, "GPU-%d", index_of(device)); return 0; }
          int nvmlDeviceGetSerial(D, char *to, unsigned n) { snprintf(to, n, "1650"); return 0; }
          int nvmlDeviceGetVbiosVersion(D, char *to, unsigned n) {
            memset(to, 'A', n); return 0; }
          int nvmlDeviceGetBoardPartNumber(D, char *to, unsigned n) {
            snprintf(to, n, "a\\033[31mb"); return 0; }
          int nvmlDeviceGetPdi(D, uint32_t *pdi) {
            if (pdi[0] != 0x01000010) return 25;
            *(uint64_t *) (pdi + 2) = 0xfedcba9876543210ull + index_of(device); return 0; }
          int nvmlDeviceGetPciInfo_v3(D, char *to) {
            snprintf(to + 36, 32, "00000000:0%d:00.0", index_of(device)); return 0; }
          int nvmlDeviceGetModuleId(D, unsigned *to) { *to = 7; return 0; }
          int nvmlDeviceGetPowerUsage(D, unsigned *to) { *to = 165931; return 0; }
          int nvmlDeviceGetTotalEnergyConsumption(D, unsigned long long *to) {
            if (index_of(device) == 1) return 3;
            *to = 5000000123456ull; return 0; }
          int nvmlDeviceGetPlatformInfo(D, uint8_t *to) {
            if (*(uint32_t *) to != 0x0200002c) return 25;
            memcpy(to + 20, "1820000000001\\0\\0\\0", 16); to[36] = 14; to[37] = 255; return 0; }
          int nvmlDeviceGetGpuFabricInfoV(D, uint8_t *to) {
            if (*(uint32_t *) to != 0x03000028) return 25;
            to[19] = 1; to[28] = 3; return 0; }
          int nvmlDeviceGetConfComputeGpuCertificate(D, uint8_t *to) {
            *(uint32_t *) (to + 4) = 4; memcpy(to + 4104, "cert", 4); return 0; }
          int nvmlDeviceGetConfComputeGpuAttestationReport(D, uint8_t *to) {
            if (index_of(device) == 2) return 3;
            *(uint32_t *) (to + 4) = 33; to[44] = 1; memcpy(to + 45, to + 12, 32); return 0; }
          """;

  private FakeNvml() {}

  /** Compiles one; whoever asks is skipped where there is no compiler. */
  static String compile(Path folder, String source) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "a library for Linux is needed");
    Path code = Files.writeString(Files.createTempFile(folder, "nvml", ".c"), source);
    Path library = folder.resolve(code.getFileName() + ".so");
    List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-w", "-o"));
    command.add(library.toString());
    command.add(code.toString());
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      Assumptions.abort("gcc is absent");
      throw e;
    }
    Assumptions.assumeTrue(process.waitFor(60, TimeUnit.SECONDS), "gcc does not end");
    if (process.exitValue() != 0) {
      throw new IOException("the library does not compile");
    }
    return library.toString();
  }
}
