package org.blrc.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blrc.emit.cuda.CudaBackEnd;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.EmittedKernel;
import org.blrc.emit.cuda.Numbers;
import org.blrc.emit.cuda.Tool;
import org.blrc.runtime.cuda.Nvrtc;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second opinion on emitted kernels, where there is an nvcc. */
@Execution(ExecutionMode.CONCURRENT)
final class NvccTest {

  /** What ptxas says of the registers of one function: name, bytes spilled, bytes loaded again. */
  private static final Pattern SPILLS =
      Pattern.compile(
          "Function properties for (\\w+)\\s+\\d+ bytes stack frame, (\\d+) bytes spill stores,"
              + " (\\d+) bytes spill loads");

  private static final Tool NVCC = new Tool("nvcc");

  @TempDir private Path folder;

  @BeforeAll
  static void needsCompiler() {
    assumeTrue(NVCC.isThere(), "there is no nvcc");
  }

  static Stream<String> specs() throws IOException {
    return Zoo.specs();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void compilesWithoutSpills(String spec) throws SpecException, IOException {
    for (Numbers numbers : Numbers.values()) {
      CudaProgram program = CudaBackEnd.emit(Zoo.program(spec), numbers, List.of(spec));
      if (numbers == Numbers.BF16 && program.kernels().stream().anyMatch(EmittedKernel::calls)) {
        // What takes long are the functions, which are those of single precision.
        continue;
      }
      Path source = folder.resolve(numbers.title() + ".cu");
      Files.writeString(source, program.source());
      String log = compile(source);
      assertFalse(log.contains("warning"), log);
      Set<String> kernels =
          program.kernels().stream().map(EmittedKernel::name).collect(Collectors.toSet());
      List<MatchResult> found =
          SPILLS.matcher(log).results().filter(each -> kernels.contains(each.group(1))).toList();
      assertTrue(found.size() >= kernels.size(), log);
      for (MatchResult each : found) {
        assertEquals("0 0", each.group(2) + " " + each.group(3), each.group());
      }
    }
  }

  private static String compile(Path source) {
    List<String> arguments =
        new ArrayList<>(List.of("-fatbin", "-Xptxas", "-v", "-o", source + ".fatbin"));
    arguments.addAll(Nvrtc.OPTIONS);
    for (String number : List.of("80", "90")) {
      arguments.add("-gencode");
      arguments.add("arch=compute_" + number + ",code=sm_" + number);
    }
    arguments.add(source.toString());
    Tool.Outcome outcome = NVCC.run(arguments).orElseThrow();
    assertTrue(outcome.succeeded(), outcome.output());
    return outcome.output();
  }
}
