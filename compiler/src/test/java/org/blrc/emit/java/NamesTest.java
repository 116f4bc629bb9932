package org.blrc.emit.java;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.HostDevice;
import org.blrc.emit.cuda.HostKernels;
import org.blrc.program.Program;
import org.blrc.program.Program.AnswerKind;
import org.blrc.program.Program.Assign;
import org.blrc.program.ProgramBuilder;
import org.blrc.program.ReferenceOptimizer;
import org.blrc.runtime.AbstractOptimizer;
import org.blrc.runtime.HyperParameter;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.OptimizerBuilder;
import org.blrc.runtime.SteppedOptimizer;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.CudaOptimizerBuilder;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.symbolic.Domain;
import org.blrc.symbolic.Expr;
import org.blrc.symbolic.Expr.Distribution;
import org.blrc.symbolic.Expr.Sym;
import org.blrc.symbolic.Expr.Sym.Kind;
import org.blrc.symbolic.Exprs;
import org.blrc.symbolic.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No name of a spec breaks emitted code or changes what it computes. */
class NamesTest {

  private static final int DIMENSION = 40;

  private static final List<String> AWKWARD =
      List.of(
          "class",
          "int",
          "double",
          "new",
          "this",
          "super",
          "var",
          "yield",
          "record",
          "_",
          "$",
          "$$",
          "i",
          "n",
          "j",
          "m",
          "M",
          "step",
          "state",
          "name",
          "Math",
          "System",
          "Arrays",
          "List",
          "Functions",
          "Double",
          "Float",
          "Override",
          "String",
          "Object",
          "Builder",
          "builder",
          "build",
          "samples",
          "parameters",
          "noise",
          "point",
          "restore",
          "update",
          "accumulate",
          "answer",
          "examples",
          "draw",
          "draws",
          "phase",
          "index",
          "value",
          "values",
          "start",
          "hyper",
          "dimension",
          "weight",
          "work",
          "row",
          "gradient",
          "gradients",
          "from",
          "to",
          "example",
          "SIGNATURE",
          "BLOCK",
          "getClass",
          "hashCode",
          "toString",
          "wait",
          "clone",
          "finalize",
          "θ",
          "µ",
          "变量",
          "é",
          "e\u0301",
          "x'",
          "x_",
          "x",
          "X",
          "a.b",
          "1st",
          "true",
          "null",
          "alpha",
          "ALPHA",
          "Signature",
          "Start",
          "Interval",
          "oneMinusAlpha",
          "gOld",
          "𝛼",
          "T",
          "A",
          "Optimizer",
          "AwkwardDouble",
          "AwkwardFloat",
          "answers",
          "hyperParameter",
          "tensors",
          "device",
          "stateAt",
          "Scalars",
          "LaunchContext",
          "KernelSet",
          "Column",
          "Kernel",
          "Purpose",
          "Argument",
          "CudaStart",
          "Device",
          "DeviceArray",
          "KERNELS",
          "kernel",
          "at",
          "scalars",
          "close",
          "column",
          "Rounding",
          "rounding",
          "narrowed");

  /**
   * A program with as many hyper-parameters, states, noises, scalars, locals and accumulators as
   * there are names.
   *
   * @param shift turns the names through these roles
   */
  private static Program program(int shift) {
    List<String> names = new ArrayList<>(AWKWARD);
    Collections.rotate(names, shift);
    int fifth = names.size() / 5;
    ProgramBuilder b = new ProgramBuilder("Awkward");
    Expr scalar = Exprs.ZERO;
    for (String name : names.subList(0, fifth)) {
      scalar = Exprs.add(scalar, b.hyper(name, Domain.POSITIVE, 0.01 * (1 + names.indexOf(name))));
    }
    List<Sym> states = new ArrayList<>();
    for (String name : names.subList(fifth, 2 * fifth)) {
      states.add(states.isEmpty() ? b.state(name) : b.state(name, Exprs.HALF));
    }
    Expr local = states.getFirst();
    for (String name : names.subList(2 * fifth, 2 * fifth + 3)) {
      local = Exprs.add(local, b.noise(name, Distribution.STANDARD_NORMAL));
    }
    b.samples(Exprs.TWO);
    for (String name : names.subList(2 * fifth + 3, 3 * fifth)) {
      scalar = b.scalar(name, Exprs.reciprocal(Exprs.add(Exprs.ONE, Exprs.square(scalar))));
    }
    List<Assign> locals = new ArrayList<>();
    for (String name : names.subList(3 * fifth, 4 * fifth - 1)) {
      Sym symbol = b.symbol(Kind.LOCAL, name, Domain.REAL);
      locals.add(new Assign(symbol, Exprs.add(states.getLast(), Exprs.mul(scalar, local))));
      local = symbol;
    }
    Sym answer = b.ask(locals, local, AnswerKind.GRADIENT, names.get(4 * fifth - 1));
    Expr change = Exprs.ZERO;
    for (String name : names.subList(4 * fifth, names.size())) {
      Expr weight = Exprs.num(Rational.of(names.indexOf(name), 1000));
      change = Exprs.add(change, b.accumulate(name, Exprs.mul(weight, answer, local)));
    }
    for (Sym state : states) {
      change = b.update(state, Exprs.subtract(state, Exprs.mul(scalar, change)));
    }
    return b.build(states.getFirst());
  }

  @Test
  void awkwardNames() {
    for (int shift = 0; shift < AWKWARD.size(); shift += AWKWARD.size() / 5) {
      Program program = program(shift);
      String given = program.states().getFirst().name();
      double[] start = new Random(1).doubles(DIMENSION).toArray();
      ReferenceOptimizer expected = new ReferenceOptimizer(program, DIMENSION, Map.of());
      System.arraycopy(start, 0, expected.state(given), 0, DIMENSION);
      expected.refresh();
      Drive.steps(expected, answer -> answer, 2, 2, 1);
      Optimizer<double[]> actual =
          CompiledProgram.of(program).doubles(DIMENSION, Map.of(), Map.of(given, start));
      Drive.steps(actual, answer -> answer, 2, 2, 1);
      assertEquals(
          program.hypers().stream().map(Program.Hyper::name).toList(),
          actual.hyperParameters().stream().map(HyperParameter::name).toList());
      for (String state : expected.states()) {
        assertArrayEquals(expected.state(state), actual.state(state), 1e-9, state);
      }
      if (HostKernels.isAvailable()) {
        onDevice(program, Map.of(given, start), expected);
      }
    }
  }

  private static void onDevice(
      Program program, Map<String, double[]> start, Optimizer<double[]> expected) {
    CompiledLauncher launcher =
        CompiledLauncher.of(CudaBackEnd.emit(program, Precision.DOUBLE, List.of("Test.")));
    try (HostDevice device = new HostDevice();
        MirroredOptimizer<double[]> actual =
            MirroredOptimizer.doubles(launcher.create(device, DIMENSION, Map.of(), start))) {
      Drive.steps(actual, answer -> answer, 2, 2, 1);
      for (String state : expected.states()) {
        assertArrayEquals(expected.state(state), actual.state(state), 1e-9, state);
      }
    }
  }

  @Test
  void valuesAreFoundUnderTheirOriginalNames() {
    Program program = program(0);
    Optimizer<double[]> optimizer =
        CompiledProgram.of(program)
            .doubles(
                1, Map.of("class", 7.0), Map.of(program.states().getFirst().name(), new double[1]));
    assertEquals(7.0, optimizer.hyperParameter("class"));
    optimizer.hyperParameter("_", 3);
    assertEquals(3.0, optimizer.hyperParameter("_"));
  }

  @ParameterizedTest
  @CsvSource({
    "IVON, IVON",
    "RMSprop, RMSprop",
    "ivon-squared, Ivonsquared",
    "IVON-squared, IVONsquared",
    "log_scale, Log_scale",
    "sgd, Sgd",
    "3d, _3d",
    "θ, Θ",
    "---, Optimizer"
  })
  void classNames(String name, String expected) {
    assertEquals(expected, JavaBackEnd.className(name));
  }

  @Test
  void namesAreNeverGivenTwice() {
    Names names = Names.without(List.of("i"));
    Set<String> given = new HashSet<>();
    for (String suggestion :
        List.of("i", "i", "i2", "class", "class_", "a b", "a_b", "", "x", "x")) {
      String name = names.fresh(suggestion);
      assertTrue(given.add(name), name);
    }
  }

  /** A hyper-parameter or a state may be called like any method of the classes around it. */
  @Test
  void methodsOfTheRuntimeStayWhatTheyAre() {
    List<String> methods =
        Stream.of(
                AbstractOptimizer.class,
                SteppedOptimizer.class,
                OptimizerBuilder.class,
                CudaOptimizer.class,
                CudaOptimizerBuilder.class)
            .flatMap(type -> Stream.concat(Arrays.stream(type.getMethods()), inherited(type)))
            .map(Method::getName)
            .distinct()
            .sorted()
            .toList();
    ProgramBuilder b = new ProgramBuilder("methods");
    methods.forEach(method -> b.hyper(method, Domain.POSITIVE, 1));
    Sym m = b.state("theState");
    Sym g = b.ask(m, AnswerKind.GRADIENT, "g");
    b.update(m, Exprs.subtract(m, g));
    Accessors accessors = new Accessors(b.build(m));
    b.build(m)
        .hypers()
        .forEach(hyper -> assertFalse(methods.contains(accessors.of(hyper)), hyper.name()));
  }

  private static Stream<Method> inherited(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isProtected(method.getModifiers()));
  }
}
