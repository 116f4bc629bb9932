import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the classes of jars, where these are older than Java 6, for Java 8. The cache of loaded
 * classes takes no older ones, whose bytecode has no stack maps; they would be read and verified
 * anew at every start. What the classes do stays the same.
 */
final class RaiseClassVersion {

  private static final int NO_STACK_MAPS = ClassFile.JAVA_5_VERSION;
  private static final int STACK_MAPS = ClassFile.JAVA_8_VERSION;

  private RaiseClassVersion() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      raise(Path.of(jar));
    }
  }

  private static void raise(Path jar) throws IOException {
    Path rewritten = jar.resolveSibling(jar.getFileName() + ".raised");
    int raised = 0;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        ZipFile old = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
      ClassFile classes = classes(loader);
      for (ZipEntry entry : old.stream().toList()) {
        byte[] bytes;
        try (InputStream in = old.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (entry.getName().endsWith(".class")) {
          ClassModel model = classes.parse(bytes);
          if (model.majorVersion() <= NO_STACK_MAPS) {
            bytes = classes.transformClass(model, transform());
            raised++;
          }
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
      }
    }
    if (raised == 0) {
      Files.delete(rewritten);
    } else {
      Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static ClassFile classes(ClassLoader loader) {
    return ClassFile.of(
        // A pool of its own forces the methods to be written anew, with stack maps.
        ClassFile.ConstantPoolSharingOption.NEW_POOL,
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
        ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(loader)));
  }

  private static ClassTransform transform() {
    return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
        .andThen(
            (builder, element) -> {
              if (element instanceof ClassFileVersion) {
                builder.withVersion(STACK_MAPS, 0);
              } else {
                builder.with(element);
              }
            });
  }
}
