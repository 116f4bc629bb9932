package org.blrc.emit.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program that the machine may have. */
public record Tool(String name) {

  static final Tool COMPILER_OF_THE_HOST = new Tool("g++");

  /** What running it came to. */
  public record Outcome(int code, String output) {

    public boolean succeeded() {
      return code == 0;
    }
  }

  /** Whether it is on the path. */
  public boolean isThere() {
    return run(List.of("--version")).filter(Outcome::succeeded).isPresent();
  }

  /** Runs it to its end; empty where there is none. */
  public Optional<Outcome> run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new Outcome(process.waitFor(), output));
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while `%s` ran".formatted(name), stopped);
    }
  }

  /** The first line of what it prints that contains something. */
  Optional<String> line(List<String> arguments, String containing) {
    return run(arguments)
        .filter(Outcome::succeeded)
        .flatMap(
            each -> each.output().lines().filter(line -> line.contains(containing)).findFirst());
  }
}
