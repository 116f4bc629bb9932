package org.blrc.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import org.blrc.derive.Derivation;
import org.blrc.emit.java.Emission;
import org.blrc.emit.java.EmitOptions;
import org.blrc.emit.java.GeneratedFile;
import org.blrc.emit.java.JavaBackEnd;
import org.blrc.emit.report.Report;
import org.blrc.output.OutputFile;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code blrc compile}: writes optimizers as Java sources. */
@Command(name = "compile", description = "Compile a spec to sources.")
final class Compile implements Callable<Integer> {

  @ParentCommand private Blrc blrc;
  @Mixin private SpecArguments spec;
  @Spec private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The source folder to write to; the current one by default.")
  private Path output = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "LANGUAGE",
      description = "The language of the sources: java, the default.")
  private String target = "java";

  @Option(names = "--package", paramLabel = "NAME", description = "The package of the classes.")
  private String packageName = "";

  @Override
  public Integer call() throws SpecException, IOException {
    if (!target.equals("java")) {
      throw new ParameterException(
          command.commandLine(), "there is no target `%s`; there is java".formatted(target));
    }
    if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
      throw new ParameterException(
          command.commandLine(), "`%s` is no name of a Java package".formatted(packageName));
    }
    Unit unit = spec.read(blrc);
    List<Optimizer> optimizers = spec.chosen(unit);
    requireDistinctClasses(optimizers);
    List<Derivation> derivations = SpecArguments.derive(unit, optimizers);
    List<GeneratedFile> files = new ArrayList<>();
    for (int i = 0; i < optimizers.size(); i++) {
      files.addAll(emit(optimizers.get(i), derivations.get(i)));
    }
    Map<Path, byte[]> sources = new LinkedHashMap<>();
    for (GeneratedFile file : files) {
      sources.put(output.resolve(file.path()), file.text().getBytes(StandardCharsets.UTF_8));
    }
    OutputFile.write(sources);
    sources.keySet().forEach(blrc.out()::println);
    return ExitCode.OK;
  }

  /** Names may differ in ways that those of classes and files do not. */
  private static void requireDistinctClasses(List<Optimizer> optimizers) throws SpecException {
    Map<String, String> taken = new HashMap<>();
    for (Optimizer optimizer : optimizers) {
      String name = optimizer.name().text();
      String file = JavaBackEnd.className(name).toLowerCase(Locale.ROOT);
      String other = taken.putIfAbsent(file, name);
      if (other != null) {
        throw new SpecException(
            Diagnostic.at(
                    optimizer.name().span(),
                    Code.UNSUPPORTED,
                    "the classes of `%s` and `%s` would have one name".formatted(other, name))
                .withHint("rename one, or compile them one by one with --optimizer"));
      }
    }
  }

  private List<GeneratedFile> emit(Optimizer optimizer, Derivation derivation)
      throws SpecException {
    EmitOptions options =
        new EmitOptions(
            packageName,
            JavaBackEnd.className(derivation.optimizer()),
            "blrc " + Version.number(),
            Report.outline(derivation));
    return switch (JavaBackEnd.emit(derivation.program(), options)) {
      case Emission.Emitted(List<GeneratedFile> files) -> files;
      case Emission.Unsupported(String what) ->
          throw new SpecException(
              Diagnostic.at(
                  optimizer.name().span(),
                  Code.UNSUPPORTED,
                  "Java code is not available for " + what));
    };
  }
}
