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
import org.blrc.emit.arith.Precision;

/**
 * The kernels of a program, compiled for this machine's processor by g++: the source as it is, with
 * what a GPU would provide put before it. The kernel's blocks and threads run one after the other.
 */
public final class HostKernels implements AutoCloseable {

  private final CudaProgram program;
  private final Arena arena = Arena.ofShared();
  private final MethodHandle launch;

  @SuppressWarnings("restricted") // The library is that of the source at hand.
  private HostKernels(CudaProgram program, Path library) {
    this.program = program;
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
   * @throws IllegalStateException if the compiler rejects them, which is a fault of the back end
   */
  public static HostKernels of(CudaProgram program) {
    try {
      Path folder = Files.createTempDirectory("blrc-host");
      Path source = folder.resolve("kernels.cc");
      Path library = folder.resolve("kernels.so");
      try {
        Files.writeString(source, Prelude.host() + program.source() + launcher(program));
        compile(source, library);
        return new HostKernels(program, library);
      } finally {
        // What was loaded stays.
        Files.deleteIfExists(library);
        Files.deleteIfExists(source);
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
            .orElseThrow(() -> new IllegalStateException("there is no g++"));
    if (!outcome.succeeded()) {
      throw new IllegalStateException("emitted kernels do not compile:\n" + outcome.output());
    }
  }

  /** One function that launches any of the kernels, with the addresses of their arguments. */
  private static String launcher(CudaProgram program) {
    Code code = new Code(0);
    code.line("")
        .open("extern \"C\" void blrc_launch(int kernel, unsigned int blocks, void **arguments)")
        .open("switch (kernel)");
    List<Call> calls = calls(program);
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      List<String> arguments =
          IntStream.range(0, call.types().size())
              .mapToObj(k -> "*(%s *) arguments[%s]".formatted(call.types().get(k), k))
              .toList();
      code.line(
          "case %s: host::launch(blocks, BLOCK, %s, [&] { %s(%s); }); break;"
              .formatted(i, call.barriers(), call.name(), String.join(", ", arguments)));
    }
    return code.close().close().toString();
  }

  private record Call(String name, List<String> types, boolean barriers) {}

  /** All kernels, and those that every program with sums or with safeguards has. */
  private static List<Call> calls(CudaProgram program) {
    List<Call> calls = new ArrayList<>();
    for (Kernel kernel : program.kernels()) {
      List<String> types = new ArrayList<>();
      if (!kernel.isOfOneThread()) {
        types.add("Tensors");
      }
      if (!kernel.scalars().isEmpty()) {
        types.add(kernel.structure());
      }
      String real = program.precision().keyword();
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
                      }));
      calls.add(new Call(kernel.name(), types, kernel.arguments().contains(Kernel.Argument.PARTS)));
    }
    if (program.joinsParts()) {
      List<String> types = List.of("double *", "long long", "int", "double *");
      calls.add(new Call("totals", types, true));
      calls.add(new Call("extremes", types, true));
    }
    return calls;
  }

  Precision precision() {
    return program.precision();
  }

  CudaProgram program() {
    return program;
  }

  /**
   * Runs a kernel to its end.
   *
   * @param arguments in the order of the kernel's
   */
  void launch(Kernel kernel, int blocks, List<MemorySegment> arguments) {
    launch(program.kernels().indexOf(kernel), blocks, arguments);
  }

  /** Runs the second stage of sums, or of least and greatest numbers. */
  void join(boolean sums, List<MemorySegment> arguments) {
    launch(program.kernels().size() + (sums ? 0 : 1), 1, arguments);
  }

  private void launch(int kernel, int blocks, List<MemorySegment> arguments) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment addresses = call.allocate(ValueLayout.ADDRESS, arguments.size());
      for (int i = 0; i < arguments.size(); i++) {
        addresses.setAtIndex(ValueLayout.ADDRESS, i, arguments.get(i));
      }
      launch.invokeExact(kernel, blocks, addresses);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
