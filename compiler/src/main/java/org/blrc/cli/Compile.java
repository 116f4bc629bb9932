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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.blrc.derive.Derivation;
import org.blrc.emit.arith.StepText;
import org.blrc.emit.cuda.CudaProgram;
import org.blrc.emit.cuda.Numbers;
import org.blrc.emit.java.Emission;
import org.blrc.emit.java.EmitOptions;
import org.blrc.emit.java.GeneratedFile;
import org.blrc.emit.java.JavaBackEnd;
import org.blrc.emit.java.LauncherBackEnd;
import org.blrc.emit.report.Report;
import org.blrc.output.OutputFile;
import org.blrc.syntax.Code;
import org.blrc.syntax.Declaration.Optimizer;
import org.blrc.syntax.Diagnostic;
import org.blrc.syntax.SpecException;
import org.blrc.syntax.Unit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** {@code blrc compile}: writes optimizers as sources. */
final class Compile implements Callable<Integer> {

  enum Target {
    JAVA,
    CUDA
  }

  private static final int COMMENT_WIDTH = 115;

  private final Blrc blrc;
  private final SpecArguments spec = new SpecArguments();
  private final OptionSpec output =
      Arguments.option(Path.class, "DIR", "-o", "--output")
          .description("The source folder to write to; the current one by default.")
          .initialValue(Path.of(""))
          .build();
  private final OptionSpec target =
      Arguments.choice(Target.JAVA, "LANGUAGE", "--target")
          .description("The language of the sources: java (the default) or cuda.")
          .build();
  private final OptionSpec architectures =
      OptionSpec.builder("--arch")
          .type(String[].class)
          .arity("1")
          .splitRegex(",")
          .paramLabel("NAME")
          .description(
              "For --target cuda: the architectures to make machine code for, beside PTX; sm_80 and"
                  + " sm_90 by default.")
          .build();
  private final OptionSpec packageName =
      Arguments.option(String.class, "NAME", "--package")
          .description("The package of the classes.")
          .initialValue("")
          .build();

  private Compile(Blrc blrc) {
    this.blrc = blrc;
  }

  static CommandSpec command(Blrc blrc) {
    Compile self = new Compile(blrc);
    return self.spec
        .to(Arguments.command(self, "Compile a spec to sources."))
        .addOption(self.output)
        .addOption(self.target)
        .addOption(self.architectures)
        .addOption(self.packageName);
  }

  @Override
  public Integer call() throws SpecException, IOException {
    Target language = target.getValue();
    String inPackage = packageName.getValue();
    if (!inPackage.isEmpty() && !SourceVersion.isName(inPackage)) {
      throw usage("`%s` is no name of a Java package".formatted(inPackage));
    }
    String[] given = architectures.getValue();
    List<String> wanted = given == null ? List.of() : List.of(given);
    if (language != Target.CUDA && !wanted.isEmpty()) {
      throw usage("architectures are for --target cuda");
    }
    Unit unit = spec.read(blrc);
    List<Optimizer> optimizers = spec.chosen(unit);
    requireDistinctClasses(optimizers);
    List<Derivation> derivations = SpecArguments.derive(unit, optimizers);
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < optimizers.size(); i++) {
      if (language == Target.JAVA) {
        for (GeneratedFile file : emit(optimizers.get(i), derivations.get(i), inPackage)) {
          files.put(file.path(), file.text().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    if (language == Target.CUDA) {
      files.putAll(kernels(optimizers, derivations, inPackage, wanted));
    }
    Path folder = output.getValue();
    Map<Path, byte[]> products = new LinkedHashMap<>();
    files.forEach((name, bytes) -> products.put(folder.resolve(name), bytes));
    OutputFile.write(products);
    products.keySet().forEach(blrc.out()::println);
    return ExitCode.OK;
  }

  /** Kernels as sources and, where there is an NVRTC, as code for GPUs; and what launches them. */
  private Map<String, byte[]> kernels(
      List<Optimizer> optimizers,
      List<Derivation> derivations,
      String inPackage,
      List<String> wanted)
      throws SpecException {
    Map<String, CudaProgram> programs = new LinkedHashMap<>();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < optimizers.size(); i++) {
      EmitOptions options = options(derivations.get(i), inPackage);
      for (CudaProgram program : kernels(optimizers.get(i), derivations.get(i))) {
        GeneratedFile launcher = LauncherBackEnd.emit(program, options);
        files.put(launcher.path(), launcher.text().getBytes(StandardCharsets.UTF_8));
        programs.put(LauncherBackEnd.files(program, options), program);
      }
    }
    try {
      Optional<DeviceCode> code = DeviceCode.of(wanted);
      programs.forEach(
          (name, program) -> {
            files.put(name + ".cu", program.source().getBytes(StandardCharsets.UTF_8));
            code.ifPresent(
                device ->
                    device
                        .files(name, program)
                        .forEach((end, bytes) -> files.put(name + end, bytes)));
          });
      blrc.err()
          .print(
              code.map(DeviceCode::report)
                  .orElse("blrc: no NVRTC, so only sources; `blrc doctor` says what to do\n"));
    } catch (DeviceCode.Impossible e) {
      throw usage(e.getMessage());
    }
    return files;
  }

  private ParameterException usage(String message) {
    return new ParameterException(output.command().commandLine(), message);
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

  private List<GeneratedFile> emit(Optimizer optimizer, Derivation derivation, String inPackage)
      throws SpecException {
    return switch (JavaBackEnd.emit(derivation.program(), options(derivation, inPackage))) {
      case Emission.Emitted(List<GeneratedFile> files) -> files;
      case Emission.Unsupported(String what) ->
          throw new SpecException(
              Diagnostic.at(
                  optimizer.name().span(),
                  Code.UNSUPPORTED,
                  "Java code is not available for " + what));
    };
  }

  private static EmitOptions options(Derivation derivation, String inPackage) {
    return new EmitOptions(
        inPackage,
        JavaBackEnd.className(derivation.optimizer()),
        "blrc " + Version.number(),
        Report.outline(derivation));
  }

  /** Kernels, for all that arrays may hold. */
  private static List<CudaProgram> kernels(Optimizer optimizer, Derivation derivation)
      throws SpecException {
    List<CudaProgram> programs = new ArrayList<>();
    for (Numbers numbers : Numbers.values()) {
      programs.add(
          Executable.kernels(
              optimizer, derivation.program(), numbers, comment(derivation, numbers)));
    }
    return programs;
  }

  private static List<String> comment(Derivation derivation, Numbers numbers) {
    List<String> lines = new ArrayList<>();
    lines.add("Generated by blrc %s. Do not edit.".formatted(Version.number()));
    lines.add("");
    lines.add("%s, %s.".formatted(derivation.optimizer(), numbers.label()));
    lines.add("One step, coordinate by coordinate; x <- is the new value of x:");
    lines.add("");
    new StepText(derivation.program()).lines().forEach(line -> lines.add("  " + line));
    lines.add("");
    lines.add("Derivation:");
    lines.add("");
    Report.outline(derivation).forEach(line -> lines.add("  " + line));
    return lines.stream()
        .flatMap(line -> line.isEmpty() ? Stream.of(line) : line.lines())
        .flatMap(line -> StepText.wrapped(line, COMMENT_WIDTH).stream())
        .toList();
  }
}
