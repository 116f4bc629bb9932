package org.blrc.emit.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blrc.emit.arith.Precision;
import org.blrc.program.Program;
import org.blrc.program.Program.Answer;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.program.Program.Phase;
import org.blrc.program.Program.State;
import org.blrc.runtime.cuda.CudaDevice;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.runtime.cuda.DriverStub;
import org.blrc.runtime.cuda.Nvrtc;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Exprs;

/** What a machine has for the CUDA back end. */
public final class CudaSetup {

  private CudaSetup() {}

  /**
   * One thing that was looked for.
   *
   * @param found what it is, or why it is not there
   * @param advice what to do where it is missing
   */
  public record Finding(String what, boolean there, String found, Optional<String> advice) {}

  /** Everything that there may be. */
  public static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(driver());
    findings.add(nvrtc());
    findings.add(
        program(
            "nvcc",
            "release",
            "only a second opinion on emitted kernels: part of NVIDIA's CUDA toolkit"));
    findings.add(
        program(
            "g++",
            "g++",
            "`replay --backend cuda-host` compiles kernels for this processor with it"));
    return findings;
  }

  /** By starting it. */
  private static List<Finding> driver() {
    if (!DriverStub.isDriverThere()) {
      return List.of(
          new Finding(
              "driver",
              false,
              "there is no libcuda.so.1",
              Optional.of(
                  "nothing but running kernels on a GPU needs it; install NVIDIA's driver for that")),
          new Finding("GPU", false, "needs a driver", Optional.empty()));
    }
    try {
      List<String> devices = CudaDevice.list();
      Finding driver = new Finding("driver", true, "libcuda.so.1 starts", Optional.empty());
      return List.of(
          driver,
          devices.isEmpty()
              ? new Finding("GPU", false, "the driver knows none", Optional.empty())
              : new Finding("GPU", true, String.join("; ", devices), Optional.empty()));
    } catch (DeviceException e) {
      return List.of(
          new Finding(
              "driver",
              false,
              "libcuda.so.1 is there, but does not start",
              Optional.of(e.getMessage())),
          new Finding("GPU", false, "needs a driver", Optional.empty()));
    }
  }

  /** By a real compilation. */
  private static Finding nvrtc() {
    try {
      Nvrtc nvrtc = Nvrtc.load();
      long start = System.nanoTime();
      nvrtc.cubin(CudaBackEnd.emit(small(), Precision.FLOAT, List.of("Test.")).source(), "sm_80");
      long millis = (System.nanoTime() - start) / 1_000_000;
      return new Finding(
          "NVRTC",
          true,
          "version %s compiled a small optimizer for sm_80 in %s ms"
              .formatted(nvrtc.version(), millis),
          Optional.empty());
    } catch (Nvrtc.Unavailable e) {
      return new Finding("NVRTC", false, e.getMessage(), Optional.of(ADVICE));
    }
  }

  private static final String ADVICE =
      "install CUDA 12.9's NVRTC, or build blrc with it: BLRC_NVRTC=1 mvn package -DskipTests (362 MB)";

  /** Gradient descent. */
  private static Program small() {
    Sym m = new Sym(Sym.Kind.STATE, "m", 0, Domain.REAL);
    Sym g = new Sym(Sym.Kind.ANSWER, "g", 0, Domain.REAL);
    return new Program(
        "Small",
        List.of(),
        List.of(new State(m, Optional.empty())),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(new Phase(List.of(), m, List.of(new Answer(g, "ell", AnswerKind.GRADIENT)))),
        List.of(),
        List.of(),
        List.of(new Assign(m.as(Sym.Kind.NEW), Exprs.subtract(m, g))),
        m);
  }

  private static Finding program(String name, String containing, String advice) {
    return new Tool(name)
        .line(List.of("--version"), containing)
        .map(line -> new Finding(name, true, line.strip(), Optional.empty()))
        .orElseGet(() -> new Finding(name, false, "is not on the path", Optional.of(advice)));
  }
}
