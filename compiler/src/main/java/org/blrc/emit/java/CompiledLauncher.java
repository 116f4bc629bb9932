package org.blrc.emit.java;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.Device;

/** Kernels as a loaded class that launches them. */
public final class CompiledLauncher {

  private static final EmitOptions OPTIONS =
      new EmitOptions("org.blrc.compiled", "Compiled", "blrc", List.of());

  private final Class<?> type;

  private CompiledLauncher(Class<?> type) {
    this.type = type;
  }

  /**
   * Emits, compiles and loads the class for the kernels of a program.
   *
   * @throws IllegalStateException if this Java installation has no compiler
   */
  public static CompiledLauncher of(CudaProgram program) {
    return of(program, Map.of(".cu", program.source().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The same with other files beside the class than the source.
   *
   * @param code by the ends of their names, as in {@code .sm_90.cubin}
   */
  public static CompiledLauncher of(CudaProgram program, Map<String, byte[]> code) {
    GeneratedFile file = LauncherBackEnd.emit(program, OPTIONS);
    Map<String, byte[]> resources = new HashMap<>();
    code.forEach(
        (end, bytes) -> resources.put(LauncherBackEnd.files(program, OPTIONS) + end, bytes));
    ClassLoader loader = InMemoryCompiler.load(List.of(file), resources);
    try {
      String name = file.path().substring(0, file.path().lastIndexOf('.')).replace('/', '.');
      return new CompiledLauncher(loader.loadClass(name));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("not an emitted class: " + file.path(), e);
    }
  }

  /** What collects the start of an optimizer on a device. */
  public CudaOptimizerBuilder<?> builder(Device device) {
    try {
      return (CudaOptimizerBuilder<?>) type.getMethod("builder", Device.class).invoke(null, device);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not an emitted class: " + type, e);
    }
  }

  /**
   * The optimizer on a device, with one tensor.
   *
   * @param hyperParameters by name; absent ones have their defaults
   * @param initialStates by name; absent ones have their initial values
   * @throws IllegalArgumentException if a name is unknown or a value does not fit
   * @throws IllegalStateException if something without a default is missing
   */
  public CudaOptimizer create(
      Device device,
      int dimension,
      Map<String, Double> hyperParameters,
      Map<String, double[]> initialStates) {
    return Builders.fill(builder(device), dimension, hyperParameters, initialStates).build();
  }
}
