package org.blrc.tests.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.blrc.emit.arith.Precision;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.java.CompiledLauncher;
import org.blrc.emit.java.CompiledProgram;
import org.blrc.program.Program;
import org.blrc.runtime.Evaluation;
import org.blrc.runtime.NonFinite;
import org.blrc.runtime.Optimizer;
import org.blrc.runtime.Question;
import org.blrc.runtime.cuda.CudaDevice;
import org.blrc.runtime.cuda.CudaOptimizer;
import org.blrc.runtime.cuda.DeviceArray;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.runtime.cuda.MirroredOptimizer;
import org.blrc.runtime.cuda.RecordedSteps;
import org.blrc.syntax.SpecException;
import org.blrc.tests.Zoo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a GPU is asked to do, through JavaCPP and a driver whose GPUs are this machine's processor:
 * the calls, their errors, and what is in use afterwards.
 */
final class CudaDeviceTest {

  private static final int DIMENSION = 70_001;
  private static final int OUT_OF_MEMORY = 2;
  private static final int LAUNCH_FAILED = 719;

  private static FakeDriver driver;

  @BeforeAll
  static void load() throws IOException {
    driver = FakeDriver.load();
  }

  @AfterEach
  void nothingIsLeft() {
    if (driver != null) {
      assertEquals(0, driver.inUse());
    }
  }

  private static CudaProgram emit(String spec, Precision precision) throws SpecException {
    return CudaBackEnd.emit(Zoo.program(spec), precision, List.of("Test."));
  }

  /** With machine code for the GPU of the driver. */
  private static CompiledLauncher launcher(String spec, Precision precision) throws SpecException {
    CudaProgram program = emit(spec, precision);
    return CompiledLauncher.of(program, Map.of(".sm_90.cubin", FakeDriver.cubin(program)));
  }

  private static CudaOptimizer optimizer(CompiledLauncher launcher, CudaDevice device, String spec)
      throws SpecException {
    Program program = Zoo.program(spec);
    return launcher.create(
        device, DIMENSION, Zoo.hyperParameters(program), Zoo.states(program, DIMENSION));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rmsprop.blr", "sam.blr", "vogn.blr", "mixture-learned.blr", "gamma-vi.blr"})
  void reachesWhatJavaReaches(String spec) throws SpecException {
    Program program = Zoo.program(spec);
    Optimizer<float[]> expected =
        CompiledProgram.of(program)
            .floats(DIMENSION, Zoo.hyperParameters(program), Zoo.states(program, DIMENSION));
    Zoo.steps(expected, DIMENSION, 3, Zoo.draws(program), Zoo::floats);
    try (CudaDevice device = CudaDevice.open(1);
        MirroredOptimizer<float[]> actual =
            MirroredOptimizer.floats(optimizer(launcher(spec, Precision.FLOAT), device, spec))) {
      Zoo.steps(actual, DIMENSION, 3, Zoo.draws(program), Zoo::floats);
      for (String state : expected.states()) {
        float[] values = expected.state(state);
        float[] found = actual.state(state);
        for (int i = 0; i < values.length; i++) {
          assertEquals(values[i], found[i], 2e-5f * Math.max(1, Math.abs(values[i])), state);
        }
      }
    }
  }

  private static DeviceArray answers(CudaOptimizer optimizer, int seed) {
    DeviceArray answer = optimizer.array();
    answer.set(new Random(seed).doubles(answer.size(), -1, 1).toArray());
    return answer;
  }

  private static void step(CudaOptimizer optimizer, DeviceArray answer) {
    try (Evaluation<DeviceArray> evaluation = optimizer.evaluate()) {
      for (List<Question> phase : optimizer.phases()) {
        for (int question = 0; question < phase.size(); question++) {
          evaluation.answer(question, answer);
        }
      }
    }
    optimizer.step();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rmsprop.blr", "sam.blr", "ivon.blr", "mixture-learned.blr"})
  void aStepNeitherWaitsNorAllocatesNorCopies(String spec) throws SpecException {
    List<String> functions =
        List.of(
            "cuMemAlloc",
            "cuMemFree",
            "cuMemcpyHtoDAsync",
            "cuMemcpyDtoHAsync",
            "cuMemcpyDtoDAsync",
            "cuMemsetD8Async",
            "cuStreamSynchronize");
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      step(optimizer, answer);
      List<Long> before = functions.stream().map(driver::calls).toList();
      long launches = driver.calls("cuLaunchKernel");
      for (int i = 0; i < 3; i++) {
        step(optimizer, answer);
      }
      assertEquals(before, functions.stream().map(driver::calls).toList());
      assertTrue(driver.calls("cuLaunchKernel") > launches);
    }
  }

  /** To each thread the driver has to be told which GPU it uses. */
  @Test
  void anyThreadMakesSteps() throws SpecException, InterruptedException {
    String spec = "ivon.blr";
    CompiledLauncher launcher = launcher(spec, Precision.FLOAT);
    try (CudaDevice device = CudaDevice.open(1);
        CudaOptimizer optimizer = optimizer(launcher, device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      List<Throwable> failures = new ArrayList<>();
      Thread other =
          new Thread(
              () -> {
                try {
                  step(optimizer, answer);
                } catch (RuntimeException | Error e) {
                  failures.add(e);
                }
              });
      other.start();
      other.join();
      assertEquals(List.of(), failures);
      assertEquals(1, optimizer.steps());
    }
  }

  /** A recording that was given up leaves nothing behind for the next one. */
  @Test
  void whatWasRecordedAndGivenUpIsForgotten() throws SpecException {
    String spec = "adam.blr";
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      step(optimizer, answer);
      driver.beginCapture(device.stream());
      step(optimizer, answer);
      driver.endCapture(device.stream());
      driver.beginCapture(device.stream());
      step(optimizer, answer);
      long graph = driver.endCapture(device.stream());
      RecordedSteps steps = optimizer.recordedSteps();
      assertEquals(1, steps.count());
      steps.prepare(graph);
      assertEquals(4, optimizer.steps());
      String rate = optimizer.hyperParameters().getFirst().name();
      optimizer.schedule(rate, number -> number < 6 ? 0.1 : -1);
      assertThrows(IllegalArgumentException.class, () -> steps.prepare(graph));
      assertEquals(4, optimizer.steps());
      assertEquals(0.1, optimizer.hyperParameter(rate));
    }
  }

  /** Also in the step that goes on to the next point: the states are unharmed. */
  @Test
  void afterALaunchThatFailedAStateCanBeLoaded(@TempDir Path folder)
      throws SpecException, IOException {
    String spec = "ivon.blr";
    Path file = folder.resolve("state.npz");
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      step(optimizer, answer);
      optimizer.save(file);
      optimizer.evaluate().gradient(answer);
      driver.fail("cuLaunchKernel", 0, LAUNCH_FAILED);
      assertThrows(DeviceException.class, optimizer::stepAndEvaluate);
      assertThrows(IllegalStateException.class, optimizer::evaluate);
      optimizer.load(file);
      step(optimizer, answer);
      assertEquals(2, optimizer.steps());
    }
  }

  @Test
  void whatIsClosedIsNotUsed() throws SpecException {
    String spec = "ivon.blr";
    CudaDevice device = CudaDevice.open(0);
    CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
    DeviceArray parameters = optimizer.parameters();
    DeviceArray answer = answers(optimizer, 1);
    // Those of an optimizer stay with it.
    parameters.close();
    assertEquals(DIMENSION, parameters.toFloats().length);
    Evaluation<DeviceArray> evaluation = optimizer.evaluate();
    evaluation.gradient(answer);
    evaluation.close();
    answer.close();
    assertMessage(
        "the array is closed", assertThrows(IllegalStateException.class, optimizer::step));
    // Nothing was written: what cannot be added up is forgotten, and the step can be made anew.
    assertThrows(IllegalStateException.class, optimizer::evaluate);
    optimizer.evaluate().close();
    optimizer.close();
    assertMessage(
        "the array is closed", assertThrows(IllegalStateException.class, parameters::toFloats));
    device.close();
  }

  /** Where a state has a place and values are given, these are written there. */
  @Test
  void initialValuesAreWrittenToWhereAStateLies() throws SpecException {
    String spec = "adam.blr";
    try (CudaDevice device = CudaDevice.open(0)) {
      long weights = device.allocate(4L * DIMENSION);
      var builder = launcher(spec, Precision.FLOAT).builder(device);
      float[] given = new float[DIMENSION];
      given[DIMENSION - 1] = 3;
      Zoo.hyperParameters(Zoo.program(spec)).forEach(builder::hyperParameter);
      builder.state("m", given).dimension(DIMENSION);
      builder.parametersAt(weights);
      try (CudaOptimizer optimizer = builder.build()) {
        assertEquals(weights, optimizer.parameters().address(0));
        assertEquals(3, optimizer.parameters().toFloats()[DIMENSION - 1]);
      }
      device.free(weights);
    }
  }

  @Test
  void whatWaitsIsRefusedWhileRecording() throws SpecException {
    String spec = "rmsprop.blr";
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      optimizer.nonFinite(NonFinite.REJECT);
      driver.beginCapture(device.stream());
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> step(optimizer, answer));
      assertTrue(refused.getMessage().contains("recorded"), refused.getMessage());
      driver.endCapture(device.stream());
    }
  }

  @Test
  void memoryOfSomebodyElseIsUsedInPlace() throws SpecException {
    String spec = "rmsprop.blr";
    try (CudaDevice framework = CudaDevice.open(0);
        CudaDevice device = CudaDevice.open(0, 0)) {
      long weights = framework.allocate(4L * DIMENSION);
      framework.clear(weights, 4L * DIMENSION);
      long gradient = framework.allocate(4L * DIMENSION);
      framework.clear(gradient, 4L * DIMENSION);
      var builder = launcher(spec, Precision.FLOAT).builder(device);
      builder.tensors(DIMENSION - 1000, 0, 1000);
      Zoo.hyperParameters(Zoo.program(spec)).forEach(builder::hyperParameter);
      builder.parametersAt(weights, 0, weights + 4L * (DIMENSION - 1000));
      try (CudaOptimizer optimizer = builder.build();
          DeviceArray answer =
              optimizer.arrayAt(1, gradient, 0, gradient + 4L * (DIMENSION - 1000))) {
        answer.set(new Random(1).doubles(DIMENSION, 0.5, 1).toArray());
        step(optimizer, answer);
        assertEquals(weights, optimizer.parameters().address(0));
        assertTrue(optimizer.parameters().toFloats()[DIMENSION - 1] < 0);
        assertMessage(
            "ends after",
            assertThrows(
                IllegalArgumentException.class,
                () -> optimizer.arrayAt(1, gradient + 4004, 0, gradient)));
        assertMessage(
            "no memory of a GPU",
            assertThrows(
                IllegalArgumentException.class, () -> optimizer.arrayAt(1, 4096, 0, gradient)));
        assertMessage(
            "2 addresses are given for 3 tensors",
            assertThrows(IllegalArgumentException.class, () -> optimizer.arrayAt(1, gradient, 0)));
        assertMessage(
            "no multiple",
            assertThrows(
                IllegalArgumentException.class,
                () -> optimizer.arrayAt(1, gradient + 2, 0, gradient)));
      }
      framework.free(weights);
      framework.free(gradient);
    }
  }

  private static void assertMessage(String part, Exception thrown) {
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }

  @Test
  void memoryOfAnotherGpuIsRefused() throws SpecException {
    String spec = "rmsprop.blr";
    try (CudaDevice other = CudaDevice.open(1);
        CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec)) {
      long address = other.allocate(4L * DIMENSION);
      assertMessage(
          "is memory of GPU 1; the optimizer is on GPU 0",
          assertThrows(IllegalArgumentException.class, () -> optimizer.arrayAt(1, address)));
      other.free(address);
    }
  }

  @Test
  void answersOfAnotherShapeAreRefused() throws SpecException {
    String spec = "rmsprop.blr";
    CompiledLauncher launcher = launcher(spec, Precision.FLOAT);
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher, device, spec);
        CudaOptimizer other = optimizer(launcher, device, spec);
        DeviceArray ofOther = other.array();
        DeviceArray rows = optimizer.array(2);
        DeviceArray right = answers(optimizer, 3)) {
      try (Evaluation<DeviceArray> evaluation = optimizer.evaluate()) {
        assertMessage(
            "none of this",
            assertThrows(IllegalArgumentException.class, () -> evaluation.gradient(ofOther)));
        assertMessage(
            "has %d values; expected %d".formatted(2 * DIMENSION, DIMENSION),
            assertThrows(IllegalArgumentException.class, () -> evaluation.gradient(rows)));
        evaluation.gradient(right);
      }
      optimizer.step();
      assertEquals(1, optimizer.steps());
    }
  }

  /** Whatever is the first to fail, nothing stays behind. */
  @Test
  void whereMemoryRunsOutNothingIsLeft() throws SpecException {
    String spec = "mixture-learned.blr";
    CompiledLauncher launcher = launcher(spec, Precision.FLOAT);
    try (CudaDevice device = CudaDevice.open(0)) {
      int before = driver.inUse();
      boolean failed = true;
      for (int after = 0; failed; after++) {
        driver.fail("cuMemAlloc", after, OUT_OF_MEMORY);
        try (CudaOptimizer made = optimizer(launcher, device, spec)) {
          assertEquals(DIMENSION, made.size());
          failed = false;
        } catch (DeviceException e) {
          assertMessage("bytes are free", e);
        }
        driver.forgive("cuMemAlloc");
        assertEquals(before, driver.inUse(), "after " + after);
      }
      DeviceException large = assertThrows(DeviceException.class, () -> device.allocate(1L << 40));
      assertMessage("GPU 0 (Processor 0) has no 1099511627776 bytes left", large);
    }
  }

  @Test
  void whatTheDriverSaysOfALaunchIsThrown() throws SpecException {
    String spec = "rmsprop.blr";
    try (CudaDevice device = CudaDevice.open(0);
        CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
        DeviceArray answer = answers(optimizer, 1)) {
      Evaluation<DeviceArray> evaluation = optimizer.evaluate();
      evaluation.gradient(answer);
      evaluation.close();
      driver.fail("cuLaunchKernel", 0, LAUNCH_FAILED);
      DeviceException failed = assertThrows(DeviceException.class, optimizer::step);
      assertMessage("cannot launch the kernel update", failed);
      assertMessage("CUDA_ERROR_LAUNCH_FAILED (said by the driver of the tests)", failed);
      assertThrows(IllegalStateException.class, optimizer::evaluate);
    }
  }

  @Test
  void aClosedOptimizerSaysSo() throws SpecException {
    String spec = "rmsprop.blr";
    CudaDevice device = CudaDevice.open(0);
    CudaOptimizer optimizer = optimizer(launcher(spec, Precision.FLOAT), device, spec);
    optimizer.close();
    optimizer.close();
    assertMessage("is closed", assertThrows(IllegalStateException.class, optimizer::evaluate));
    assertMessage("is closed", assertThrows(IllegalStateException.class, optimizer::parameters));
    assertMessage("is closed", assertThrows(IllegalStateException.class, optimizer::array));
    assertMessage(
        "is closed",
        assertThrows(
            IllegalStateException.class, () -> optimizer.save(Path.of("never-written.npz"))));
    assertFalse(Path.of("never-written.npz").toFile().exists());
    device.close();
    assertMessage("is closed", assertThrows(IllegalStateException.class, () -> device.allocate(1)));
  }

  @Test
  void thereIsNoSuchGpu() {
    assertMessage(
        "there is no GPU 7: the driver knows 2 [Processor 0, Processor 1]",
        assertThrows(DeviceException.class, () -> CudaDevice.open(7)));
    assertThrows(DeviceException.class, () -> CudaDevice.open(-1));
    assertEquals(List.of("Processor 0, sm_90", "Processor 1, sm_90"), CudaDevice.list());
  }

  /** What is there is not passed over: what comes after it in the order is not tried. */
  @Test
  void codeThatCannotBeLoadedIsAnErrorWithItsLog() throws SpecException {
    String spec = "rmsprop.blr";
    CudaProgram program = emit(spec, Precision.FLOAT);
    byte[] source = program.source().getBytes(StandardCharsets.UTF_8);
    CompiledLauncher ptx =
        CompiledLauncher.of(
            program,
            Map.of(
                ".ptx", ".version 9.9".getBytes(StandardCharsets.UTF_8),
                ".sm_80.cubin", source,
                ".cu", source));
    try (CudaDevice device = CudaDevice.open(0)) {
      DeviceException failed =
          assertThrows(DeviceException.class, () -> optimizer(ptx, device, spec));
      assertMessage("cannot load the kernels CompiledFloat: CUDA_ERROR_INVALID_PTX", failed);
      assertMessage("this processor knows no PTX", failed);
      CompiledLauncher nothing = CompiledLauncher.of(program, Map.of());
      assertMessage(
          "there is no CompiledFloat.cu beside the class",
          assertThrows(DeviceException.class, () -> optimizer(nothing, device, spec)));
    }
  }
}
