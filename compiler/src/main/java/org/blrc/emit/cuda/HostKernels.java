package org.blrc.emit.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.blrc.runtime.cuda.Argument;
import org.blrc.runtime.cuda.Device.LoadedKernel;
import org.blrc.runtime.cuda.Device.LoadedKernels;
import org.blrc.runtime.cuda.Device.Recorded;
import org.blrc.runtime.cuda.DeviceException;
import org.blrc.runtime.cuda.Kernel;
import org.blrc.runtime.cuda.KernelSet;
import org.blrc.runtime.cuda.Purpose;

/**
 * Kernels compiled for this machine's processor by g++: the source as it is, with what a GPU would
 * provide put before it. The kernel's blocks and threads run one after the other.
 */
public final class HostKernels implements LoadedKernels {

  private final List<Function> functions;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle launch;

  /**
   * A kernel as C++ sees it.
   *
   * @param barriers whether its threads wait for one another
   */
  private record Function(String name, List<String> types, boolean barriers) {}

  @SuppressWarnings("restricted") // The library is that of the source at hand.
  private HostKernels(List<Function> functions, Path library) {
    this.functions = functions;
    this.launch =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup(library, arena).find("blrc_launch").orElseThrow(),
                FunctionDescriptor.ofVoid(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }

  /** Whether there is a compiler. */
  public static boolean isAvailable() {
    return Tool.COMPILER_OF_THE_HOST.isThere();
  }

  /**
   * Compiles and loads kernels.
   *
   * @throws DeviceException if the compiler rejects them, which is a fault of the back end
   */
  public static HostKernels of(KernelSet set, String source) {
    List<Function> functions = functions(set);
    return compiled(functions, source, library -> new HostKernels(functions, library));
  }

  /**
   * The shared library of kernels: {@code blrc_launch} launches the one of a number, which {@code
   * blrc_find} gives for its name, and {@code blrc_sizes} tells the sizes of its arguments.
   */
  public static byte[] library(KernelSet set, String source) {
    return compiled(functions(set), source, Files::readAllBytes);
  }

  private interface Use<T> {
    T of(Path library) throws IOException;
  }

  private static <T> T compiled(List<Function> functions, String source, Use<T> use) {
    try {
      Path folder = Files.createTempDirectory("blrc-host");
      Path text = folder.resolve("kernels.cc");
      Path library = folder.resolve("kernels.so");
      try {
        Files.writeString(text, Prelude.host() + source + launcher(functions));
        compile(text, library);
        return use.of(library);
      } finally {
        // What was loaded stays.
        Files.deleteIfExists(library);
        Files.deleteIfExists(text);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path source, Path library) {
    Tool.Outcome outcome =
        Tool.COMPILER_OF_THE_HOST
            .run(
                List.of(
                    "-std=c++17",
                    "-O1",
                    "-ffp-contract=off",
                    "-fPIC",
                    "-shared",
                    "-w",
                    "-o",
                    library.toString(),
                    source.toString()))
            .orElseThrow(() -> new DeviceException("there is no g++ to compile kernels with"));
    if (!outcome.succeeded()) {
      throw new DeviceException("emitted kernels do not compile:\n" + outcome.output());
    }
  }

  /** One function that launches any of the kernels, with the addresses of their arguments. */
  private static String launcher(List<Function> functions) {
    Code code = new Code(0);
    code.line("")
        .open("extern \"C\" void blrc_launch(int kernel, unsigned int blocks, void **arguments)")
        .open("switch (kernel)");
    for (int i = 0; i < functions.size(); i++) {
      Function function = functions.get(i);
      List<String> arguments =
          IntStream.range(0, function.types().size())
              .mapToObj(k -> "*(%s *) arguments[%s]".formatted(function.types().get(k), k))
              .toList();
      code.line(
          "case %s: host::launch(blocks, BLOCK, %s, [&] { %s(%s); }); break;"
              .formatted(i, function.barriers(), function.name(), String.join(", ", arguments)));
    }
    code.close().close();
    code.open("extern \"C\" int blrc_find(const char *name)");
    for (int i = 0; i < functions.size(); i++) {
      code.line(
          "if (std::strcmp(name, \"%s\") == 0) { return %s; }"
              .formatted(functions.get(i).name(), i));
    }
    code.line("return -1;").close();
    code.open("extern \"C\" int blrc_sizes(int kernel, std::size_t *sizes)")
        .open("switch (kernel)");
    for (int i = 0; i < functions.size(); i++) {
      code.line("case %s:".formatted(i));
      List<String> types = functions.get(i).types();
      for (int k = 0; k < types.size(); k++) {
        code.line("sizes[%s] = sizeof(%s);".formatted(k, types.get(k)));
      }
      code.line("return %s;".formatted(types.size()));
    }
    return code.close().line("return 0;").close().toString();
  }

  /** The kernels of a program, and those that every program has. */
  private static List<Function> functions(KernelSet set) {
    List<Function> functions = new ArrayList<>();
    String real = set.real().keyword();
    for (Kernel kernel : set.kernels()) {
      List<String> types = new ArrayList<>();
      if (!kernel.isOfOneThread()) {
        types.add("Tensors");
      }
      if (kernel.scalars() > 0) {
        types.add(kernel.structure());
      }
      kernel
          .arguments()
          .forEach(
              argument ->
                  types.add(
                      switch (argument) {
                        case DRAW, NEXT_DRAW -> "Draw";
                        case TOTALS, PARTS -> "double *";
                        case SHARED, NEXT -> real + " *";
                        case EXAMPLES -> "int";
                        case ROUNDING -> "Rounding";
                      }));
      functions.add(
          new Function(kernel.name(), types, kernel.arguments().contains(Argument.PARTS)));
    }
    String sums = real + " **";
    String answers = set.model().keyword() + " **";
    functions.add(new Function("addAnswer", List.of("Tensors", sums, answers, "int"), false));
    functions.add(
        new Function("meanAnswer", List.of("Tensors", sums, answers, "int", "int"), false));
    functions.add(
        new Function(
            "firstNonFinite",
            List.of("Tensors", sums, answers, "int", "long long", "double *"),
            true));
    List<String> joining = List.of("double *", "long long", "int", "double *");
    functions.add(new Function("extremes", joining, true));
    if (set.kernels().stream().anyMatch(each -> each.purpose() instanceof Purpose.Sums)) {
      functions.add(new Function("totals", joining, true));
    }
    return functions;
  }

  @Override
  public LoadedKernel find(String name) {
    for (int i = 0; i < functions.size(); i++) {
      if (functions.get(i).name().equals(name)) {
        return new HostKernel(i);
      }
    }
    throw new DeviceException("there is no kernel " + name);
  }

  private final class HostKernel implements LoadedKernel {

    private final int index;

    HostKernel(int index) {
      this.index = index;
    }

    @Override
    public Recorded launch(int blocks, MemorySegment arguments) {
      try {
        launch.invokeExact(index, blocks, arguments);
        return null;
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void change(long graph, long launched, int blocks, MemorySegment arguments) {
      throw new UnsupportedOperationException("this machine's processor records no launches");
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
