package org.blrc.tests.gpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.runtime.cuda.Nvrtc;
import org.blrc.syntax.SpecException;
import org.blrc.tests.Zoo;

/**
 * Kernels of the zoo that were compiled before, for machines without a compiler: in the folder that
 * the property {@code blrc.kernels} names, as {@link #main} makes it.
 */
public final class GpuKernels {

  private static final List<String> ENDS = List.of(".sm_90.cubin", ".ptx");

  private GpuKernels() {}

  /** The kernels of a spec of the zoo. */
  public static CudaProgram emit(String spec, Precision precision) throws SpecException {
    return CudaBackEnd.emit(Zoo.program(spec), precision, List.of(spec));
  }

  /** All code that there is for a program, by the ends of the names of files. */
  public static Map<String, byte[]> code(CudaProgram program) {
    Map<String, byte[]> code = new HashMap<>();
    code.put(".cu", program.source().getBytes(StandardCharsets.UTF_8));
    String folder = System.getProperty("blrc.kernels");
    for (String end : folder == null ? List.<String>of() : ENDS) {
      Path file = Path.of(folder).resolve(name(program) + end);
      if (Files.exists(file)) {
        try {
          code.put(end, Files.readAllBytes(file));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return code;
  }

  private static String name(CudaProgram program) {
    return program.program().name() + program.numbers().title();
  }

  /**
   * Compiles the kernels of the zoo with NVRTC.
   *
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) throws SpecException, IOException, Nvrtc.Unavailable {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Nvrtc nvrtc = Nvrtc.load();
    for (CudaProgram program : zoo()) {
      write(folder, program, ".sm_90.cubin", nvrtc.cubin(program.source(), "sm_90").code());
      write(folder, program, ".ptx", nvrtc.ptx(program.source(), "sm_80").code());
    }
  }

  /** The kernels of the whole zoo, in both precisions. */
  public static List<CudaProgram> zoo() throws SpecException, IOException {
    List<CudaProgram> programs = new ArrayList<>();
    for (String spec : Zoo.specs().toList()) {
      for (Precision precision : Precision.values()) {
        programs.add(emit(spec, precision));
      }
    }
    return programs;
  }

  /** Writes a file with the code of a program where {@link #code} looks for it. */
  public static void write(Path folder, CudaProgram program, String end, byte[] code)
      throws IOException {
    Files.write(folder.resolve(name(program) + end), code);
  }
}
