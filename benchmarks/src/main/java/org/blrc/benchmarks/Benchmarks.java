package org.blrc.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the benchmarks and writes a table of medians. */
@Command(
    name = "blrc-benchmarks",
    mixinStandardHelpOptions = true,
    description = "Times emitted steps beside the same loops in C and beside DJL's Adam.")
public final class Benchmarks implements Callable<Integer> {

  @Option(names = "--algorithms", split = ",", description = "${COMPLETION-CANDIDATES}")
  private List<Contestants> algorithms = List.of(Contestants.values());

  @Option(names = "--sizes", split = ",", description = "numbers of floats (${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of(10_000, 1_000_000, 10_000_000);

  @Option(names = "--threads", split = ",", description = "numbers of threads; 1 and all cores")
  private List<Integer> threads =
      Stream.of(1, Runtime.getRuntime().availableProcessors()).distinct().toList();

  @Option(names = "--forks", description = "JVMs for each number (${DEFAULT-VALUE})")
  private int forks = 2;

  private Benchmarks() {}

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmarks())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler((e, _, _) -> fail(e))
            .execute(arguments));
  }

  /** What is missing on the machine, or in the folder that it is started in, needs no trace. */
  private static int fail(Exception e) throws Exception {
    if (!(e instanceof IllegalStateException)) {
      throw e;
    }
    System.err.println("blrc-benchmarks: " + e.getMessage());
    return 2;
  }

  @Override
  public Integer call() throws RunnerException {
    algorithms.forEach(Agreement::check);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-8s %11s %7s %11s %11s %9s %9s %11s %11s"
            .formatted(
                "",
                "floats",
                "threads",
                "emitted",
                "C",
                "emitted/C",
                "fastest",
                "DJL",
                "DJL/emitted"));
    for (Contestants algorithm : algorithms) {
      for (int size : sizes) {
        for (int count : threads) {
          lines.add(line(algorithm, size, count));
        }
      }
    }
    lines.add("times: nanoseconds for one float, medians over the iterations");
    lines.add(
        "fastest: emitted/C of the fastest iteration of each, which other load disturbs least");
    System.out.println("\n" + String.join("\n", lines));
    return 0;
  }

  private String line(Contestants algorithm, int size, int count) throws RunnerException {
    Map<String, Statistics> nanos = new LinkedHashMap<>();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("StepBenchmark.(emitted|c)$")
            .param("algorithm", algorithm.name())
            .param("size", Integer.toString(size))
            .param("threads", Integer.toString(count))
            .forks(forks);
    if (algorithm == Contestants.ADAM) {
      options.include("StepBenchmark.djl$");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    for (RunResult result : results) {
      String method = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
      nanos.put(method, result.getPrimaryResult().getStatistics());
    }
    double emitted = median(nanos.get("emitted"));
    double c = median(nanos.get("c"));
    String line =
        String.format(
            Locale.ROOT,
            "%-8s %11d %7d %11.3f %11.3f %9.2f %9.2f",
            algorithm.name().toLowerCase(Locale.ROOT),
            size,
            count,
            emitted / size,
            c / size,
            emitted / c,
            nanos.get("emitted").getMin() / nanos.get("c").getMin());
    return nanos.containsKey("djl")
        ? line
            + String.format(
                Locale.ROOT,
                " %11.3f %11.2f",
                median(nanos.get("djl")) / size,
                median(nanos.get("djl")) / emitted)
        : line;
  }

  private static double median(Statistics times) {
    return times.getPercentile(50);
  }
}
