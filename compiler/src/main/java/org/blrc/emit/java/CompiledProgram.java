package org.blrc.emit.java;

import java.util.List;
import java.util.Map;
import org.blrc.program.Program;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OptimizerBuilder;

/** An update program as loaded Java classes. */
public final class CompiledProgram {

  private static final String PACKAGE = "org.blrc.compiled";
  private static final String CLASS = "Compiled";

  private final ClassLoader loader;

  private CompiledProgram(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Emits, compiles and loads a program.
   *
   * @throws UnsupportedOperationException if the back end lacks something that the program needs
   * @throws IllegalStateException if this Java installation has no compiler
   */
  public static CompiledProgram of(Program program) {
    return switch (JavaBackEnd.emit(program, new EmitOptions(PACKAGE, CLASS, "blrc", List.of()))) {
      case Emission.Emitted(List<GeneratedFile> files) ->
          new CompiledProgram(InMemoryCompiler.load(files));
      case Emission.Unsupported(String what) ->
          throw new UnsupportedOperationException("Java code is not available for " + what);
    };
  }

  /**
   * The optimizer in double precision.
   *
   * @param hyperParameters by name; absent ones have their defaults
   * @param initialStates by name; absent ones have their initial values
   * @throws IllegalArgumentException if a name is unknown or a value does not fit
   * @throws IllegalStateException if something without a default is missing
   */
  public Optimizer<double[]> doubles(
      int dimension, Map<String, Double> hyperParameters, Map<String, double[]> initialStates) {
    @SuppressWarnings("unchecked")
    Optimizer<double[]> optimizer =
        (Optimizer<double[]>) create("Double", dimension, hyperParameters, initialStates);
    return optimizer;
  }

  /** As {@link #doubles}, in single precision. */
  public Optimizer<float[]> floats(
      int dimension, Map<String, Double> hyperParameters, Map<String, double[]> initialStates) {
    @SuppressWarnings("unchecked")
    Optimizer<float[]> optimizer =
        (Optimizer<float[]>) create("Float", dimension, hyperParameters, initialStates);
    return optimizer;
  }

  private Optimizer<?> create(
      String precision,
      int dimension,
      Map<String, Double> hyperParameters,
      Map<String, double[]> initialStates) {
    return Builders.fill(builder(precision), dimension, hyperParameters, initialStates).build();
  }

  /**
   * What collects the start of an optimizer.
   *
   * @param precision {@code Double} or {@code Float}
   */
  public OptimizerBuilder<?> builder(String precision) {
    String className = PACKAGE + "." + CLASS + precision;
    try {
      return (OptimizerBuilder<?>) loader.loadClass(className).getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("not an emitted class: " + className, e);
    }
  }
}
