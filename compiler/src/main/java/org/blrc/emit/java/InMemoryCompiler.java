package org.blrc.emit.java;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.blrc.emit.arith.Source;
import org.blrc.runtime.Optimizer;

/** Compiles emitted sources and loads the classes, without touching the file system. */
public final class InMemoryCompiler {

  private InMemoryCompiler() {}

  /**
   * A loader that knows the classes of the given files, beside those of the runtime.
   *
   * @throws IllegalStateException if this Java installation has no compiler, or if the compiler
   *     rejects a file, which is a fault of the back end
   */
  public static ClassLoader load(List<GeneratedFile> files) {
    return load(files, Map.of());
  }

  /**
   * The same, where some files lie beside the classes.
   *
   * @param resources by their paths
   */
  public static ClassLoader load(List<GeneratedFile> files, Map<String, byte[]> resources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException(
          "the Java installation at %s has no compiler; run with a JDK"
              .formatted(System.getProperty("java.home")));
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Classes classes = new Classes(compiler.getStandardFileManager(diagnostics, null, null));
    boolean compiled =
        compiler
            .getTask(
                null,
                classes,
                diagnostics,
                List.of("-proc:none", "-classpath", runtime().toString()),
                null,
                files.stream().map(Source::new).toList())
            .call();
    if (!compiled) {
      throw new IllegalStateException(
          diagnostics.getDiagnostics().stream()
              .map(Object::toString)
              .collect(Collectors.joining("\n", "emitted code does not compile:\n", "")));
    }
    return new Loader(classes.outputs, resources);
  }

  /** Where the runtime's own classes lie. */
  private static Path runtime() {
    try {
      return Path.of(Optimizer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the runtime's classes cannot be found", e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GeneratedFile file) {
      super(URI.create("memory:///" + file.path()), Kind.SOURCE);
      this.text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(int number) {
      super(URI.create("memory:///" + number + Kind.CLASS.extension), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class Classes extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> outputs = new HashMap<>();

    Classes(JavaFileManager manager) {
      super(manager);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return outputs.computeIfAbsent(className, _ -> new Output(outputs.size()));
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, Output> classes;
    private final Map<String, byte[]> resources;

    Loader(Map<String, Output> classes, Map<String, byte[]> resources) {
      super(Optimizer.class.getClassLoader());
      this.classes = classes;
      this.resources = resources;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = resources.get(name);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Output output = classes.get(name);
      if (output == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = output.bytes.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
