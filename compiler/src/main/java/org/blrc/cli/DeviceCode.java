package org.blrc.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.Resources;
import org.blrc.runtime.cuda.Nvrtc;
import org.blrc.syntax.Spelling;

/** Kernels as code for GPUs, made by NVRTC. */
final class DeviceCode {

  /** Those of A100 and H100. */
  private static final List<String> BY_DEFAULT = List.of("sm_80", "sm_90");

  private static final Pattern NAME = Pattern.compile("sm_(\\d+)");

  private final Nvrtc nvrtc;
  private final List<String> architectures;
  private final StringBuilder report = new StringBuilder();

  private DeviceCode(Nvrtc nvrtc, List<String> architectures) {
    this.nvrtc = nvrtc;
    this.architectures = List.copyOf(architectures);
  }

  /** Thrown where what was asked for cannot be made. */
  static final class Impossible extends Exception {
    private static final long serialVersionUID = 1L;

    Impossible(String message) {
      super(message);
    }
  }

  /**
   * What makes code; empty where there is no NVRTC and nobody asked for an architecture.
   *
   * @param wanted as in sm_90; none for the usual ones
   */
  static Optional<DeviceCode> of(List<String> wanted) throws Impossible {
    try {
      Nvrtc nvrtc = Nvrtc.load();
      List<String> known = nvrtc.architectures();
      for (String architecture : wanted) {
        if (!NAME.matcher(architecture).matches() || !known.contains(architecture)) {
          throw new Impossible(
              "NVRTC %s knows no architecture `%s`; it knows %s"
                  .formatted(nvrtc.version(), architecture, Spelling.list(known, "and")));
        }
      }
      return Optional.of(
          new DeviceCode(
              nvrtc, wanted.isEmpty() ? BY_DEFAULT : wanted.stream().distinct().toList()));
    } catch (Nvrtc.Unavailable none) {
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      throw new Impossible(
          "there is no NVRTC to compile kernels with (%s); `blrc doctor` says what to do"
              .formatted(none.getMessage()));
    }
  }

  /** The files for one program, by the ends of their names. */
  Map<String, byte[]> files(String name, CudaProgram program) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, List<Resources>> resources = new LinkedHashMap<>();
    Nvrtc.Compiled ptx = nvrtc.ptx(program.source(), oldest());
    String text = new String(ptx.code(), StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    files.put(".ptx", (end < 0 ? text : text.substring(0, end)).getBytes(StandardCharsets.UTF_8));
    for (String architecture : architectures) {
      Nvrtc.Compiled cubin = nvrtc.cubin(program.source(), architecture);
      files.put("." + architecture + ".cubin", cubin.code());
      resources.put(architecture, Resources.of(cubin.log()));
    }
    describe(name, resources);
    return files;
  }

  private String oldest() {
    return architectures.stream()
        .min(
            (left, right) ->
                Integer.compare(
                    Integer.parseInt(left.substring(3)), Integer.parseInt(right.substring(3))))
        .orElseThrow();
  }

  /** What the kernels take, as a table. */
  String report() {
    return report.toString();
  }

  private void describe(String name, Map<String, List<Resources>> resources) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(name));
    head.addAll(resources.keySet());
    rows.add(head);
    List<String> kernels =
        resources.values().iterator().next().stream().map(Resources::kernel).sorted().toList();
    for (String kernel : kernels) {
      List<String> row = new ArrayList<>(List.of(kernel));
      for (List<Resources> all : resources.values()) {
        row.add(
            all.stream()
                .filter(each -> each.kernel().equals(kernel))
                .map(DeviceCode::text)
                .findFirst()
                .orElse(""));
      }
      rows.add(row);
    }
    report.append(report.isEmpty() ? "" : "\n").append(table(rows));
  }

  private static String text(Resources each) {
    return "%s registers%s%s"
        .formatted(
            each.registers(),
            each.shared() == 0 ? "" : ", %s bytes shared".formatted(each.shared()),
            each.spilled() == 0 ? "" : ", %s bytes spilled".formatted(each.spilled()));
  }

  private static String table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
              }
              return line.toString().stripTrailing() + "\n";
            })
        .collect(Collectors.joining());
  }
}
