package org.blrc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.blrc.derive.Deriver;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.DiagnosticJson;
import org.blrc.syntax.DiagnosticText;
import org.blrc.syntax.Loaded;
import org.blrc.syntax.Loader;
import org.blrc.syntax.SourceFile;
import org.blrc.syntax.SpecException;
import org.junit.jupiter.api.Test;

/**
 * Mutilated specs end in diagnostics or a derivation, within the limits of time and work. {@code
 * -Dfuzz.runs} and {@code -Dfuzz.seed} say how many and which; a run depends on its number and the
 * seed alone.
 */
class FuzzTest {

  private static final int RUNS = Integer.getInteger("fuzz.runs", 4000);
  private static final long SEED = Long.getLong("fuzz.seed", 20230617L);
  private static final int SECONDS = 60;

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("../specs"),
          Path.of("src/test/resources/rejected"),
          Path.of("src/test/resources/underivable"),
          Path.of("src/test/resources/warned"));

  private static final Pattern TOKEN =
      Pattern.compile("\\s+|//[^\n]*|\"[^\"\n]*\"|[\\p{L}_][\\p{L}\\p{N}_]*|[0-9.]+|~>|<-|(?s).");

  private static final int MOST_MUTATIONS = 4;
  private static final int MOST_TOKENS = 6;

  private final List<List<String>> seeds = new ArrayList<>();

  /** Those of the seeds that have nothing wrong with them before they are derived. */
  private final List<List<String>> sound = new ArrayList<>();

  private final List<String> vocabulary = new ArrayList<>();

  @Test
  void everySpecEndsInDiagnosticsOrADerivation() throws Exception {
    for (Path folder : FOLDERS) {
      read(folder);
    }
    assertFalse(seeds.isEmpty());
    Map<String, String> failures = new LinkedHashMap<>();
    try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
      for (int run = 0; run < RUNS; run++) {
        String text = text(new Random(SEED + 7919L * run));
        Future<?> result = worker.submit(() -> compile(text));
        try {
          result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          failures.putIfAbsent(kind(e.getCause()), "run " + run + ":\n" + text);
        } catch (TimeoutException e) {
          // What hangs cannot be stopped, so nothing more can be tried.
          worker.shutdownNow();
          failures.put("a run of more than %d s".formatted(SECONDS), "run " + run + ":\n" + text);
          break;
        }
      }
    }
    assertEquals(Map.of(), failures);
  }

  private void read(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".blr")).sorted().toList()) {
        List<String> tokens =
            TOKEN.matcher(Files.readString(file)).results().map(MatchResult::group).toList();
        seeds.add(tokens);
        if (Checker.diagnostics(load(Files.readString(file))).stream()
            .noneMatch(Diagnostic::isError)) {
          sound.add(tokens);
        }
        tokens.stream().filter(token -> !token.isBlank()).forEach(vocabulary::add);
      }
    }
  }

  private String text(Random random) {
    return random.nextBoolean() ? mutant(random) : variant(random);
  }

  /**
   * A few names, numbers or symbols change places, with others from anywhere, so that much of the
   * spec makes sense after all.
   */
  private String variant(Random random) {
    List<String> tokens = new ArrayList<>(sound.get(random.nextInt(sound.size())));
    for (int i = random.nextInt(MOST_MUTATIONS); i >= 0; i--) {
      int at = random.nextInt(tokens.size());
      List<String> words = random.nextInt(4) > 0 ? List.copyOf(tokens) : vocabulary;
      List<String> like =
          words.stream().filter(word -> shape(word) == shape(tokens.get(at))).toList();
      if (!like.isEmpty()) {
        tokens.set(at, like.get(random.nextInt(like.size())));
      }
    }
    return String.join("", tokens);
  }

  /** What a token is: a space, a name, a number or a symbol. */
  private static int shape(String token) {
    int c = token.codePointAt(0);
    if (Character.isWhitespace(c)) {
      return ' ';
    }
    return Character.isLetter(c) ? 'a' : Character.isDigit(c) ? '0' : '+';
  }

  /** One to four deletions, insertions, replacements, swaps, repetitions or splices. */
  private String mutant(Random random) {
    List<String> tokens = new ArrayList<>(seeds.get(random.nextInt(seeds.size())));
    for (int i = random.nextInt(MOST_MUTATIONS); i >= 0; i--) {
      int at = random.nextInt(tokens.size() + 1);
      int end = Math.min(tokens.size(), at + 1 + random.nextInt(MOST_TOKENS));
      switch (random.nextInt(6)) {
        case 0 -> tokens.subList(at, end).clear();
        case 1 -> tokens.add(at, word(random));
        case 2 -> {
          if (at < tokens.size()) {
            tokens.set(at, word(random));
          }
        }
        case 3 -> {
          if (!tokens.isEmpty()) {
            Collections.swap(
                tokens, Math.min(at, tokens.size() - 1), random.nextInt(tokens.size()));
          }
        }
        case 4 -> tokens.addAll(at, List.copyOf(tokens.subList(at, end)));
        default -> {
          List<String> other = seeds.get(random.nextInt(seeds.size()));
          int from = random.nextInt(other.size() + 1);
          tokens.subList(at, tokens.size()).clear();
          tokens.addAll(other.subList(from, other.size()));
        }
      }
    }
    return String.join("", tokens);
  }

  private String word(Random random) {
    return " " + vocabulary.get(random.nextInt(vocabulary.size())) + " ";
  }

  private static void compile(String text) {
    Loaded loaded = load(text);
    List<Diagnostic> diagnostics = new ArrayList<>(Checker.diagnostics(loaded));
    if (diagnostics.stream().noneMatch(Diagnostic::isError)) {
      for (Optimizer optimizer : loaded.unit().optimizers()) {
        try {
          Deriver.derive(loaded.unit(), optimizer);
        } catch (SpecException e) {
          assertFalse(e.diagnostics().isEmpty());
          diagnostics.addAll(e.diagnostics());
        }
      }
    }
    String printed = new DiagnosticText(true).print(diagnostics);
    assertFalse(printed.contains("Exception"), printed);
    assertEquals(diagnostics.size(), DiagnosticJson.print(diagnostics).lines().count());
  }

  private static Loaded load(String text) {
    return Loader.load(new SourceFile("fuzz.blr", text), Path.of("src/test/resources/rejected"));
  }

  /** Failures with one cause differ in their specs alone. */
  private static String kind(Throwable failure) {
    String place =
        Stream.of(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("org.blrc"))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return failure + place;
  }
}
