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
            .execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException {
    algorithms.forEach(Agreement::check);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-8s %11s %7s %11s %11s %9s %11s %9s"
            .formatted("", "floats", "threads", "emitted", "C", "emitted/C", "DJL", "DJL/emitted"));
    for (Contestants algorithm : algorithms) {
      for (int size : sizes) {
        for (int count : threads) {
          lines.add(line(algorithm, size, count));
        }
      }
    }
    lines.add("times: nanoseconds for one float, medians over the iterations");
    System.out.println("\n" + String.join("\n", lines));
    return 0;
  }

  private String line(Contestants algorithm, int size, int count) throws RunnerException {
    Map<String, Double> nanos = new LinkedHashMap<>();
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
      nanos.put(method, result.getPrimaryResult().getStatistics().getPercentile(50) / size);
    }
    String line =
        String.format(
            Locale.ROOT,
            "%-8s %11d %7d %11.3f %11.3f %9.2f",
            algorithm.name().toLowerCase(Locale.ROOT),
            size,
            count,
            nanos.get("emitted"),
            nanos.get("c"),
            nanos.get("emitted") / nanos.get("c"));
    return nanos.containsKey("djl")
        ? line
            + String.format(
                Locale.ROOT,
                " %11.3f %9.2f",
                nanos.get("djl"),
                nanos.get("djl") / nanos.get("emitted"))
        : line;
  }
}
