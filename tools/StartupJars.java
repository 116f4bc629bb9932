import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars, with classes that a JVM starts faster. What the classes do stays the same.
 *
 * <ul>
 *   <li>The cache of loaded classes takes none older than Java 6, whose bytecode has no stack maps:
 *       those are written anew for Java 8.
 *   <li>It does not keep what the bootstraps of pattern switches and of the equality of records
 *       make: they would load a class for each at every start. Methods take their place.
 * </ul>
 */
final class StartupJars {

  private static final int NO_STACK_MAPS = ClassFile.JAVA_5_VERSION;
  private static final int STACK_MAPS = ClassFile.JAVA_8_VERSION;

  private static final ClassDesc OBJECTS = Objects.class.describeConstable().orElseThrow();

  /** A static method that stands for a call site. */
  private record Method(String name, InvokeDynamicInstruction site) {}

  private final ClassFile classes;

  private StartupJars(ClassLoader loader) {
    classes =
        ClassFile.of(
            // A pool of its own forces the methods to be written anew, with stack maps.
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofClassLoading(loader)));
  }

  /** Arguments: the folder of a jar, the jar's name, and the folder for the copies. */
  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[2]);
    List<Path> jars = new ArrayList<>(List.of(Path.of(args[1])));
    try (var files = Files.newDirectoryStream(from.resolve("lib"), "*.jar")) {
      files.forEach(file -> jars.add(from.relativize(file)));
    }
    Files.createDirectories(to.resolve("lib"));
    try (URLClassLoader loader = new URLClassLoader(urls(from, jars))) {
      StartupJars self = new StartupJars(loader);
      for (Path jar : jars) {
        self.copy(from.resolve(jar), to.resolve(jar));
      }
    }
  }

  private static URL[] urls(Path folder, List<Path> jars) throws MalformedURLException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = folder.resolve(jars.get(i)).toUri().toURL();
    }
    return urls;
  }

  private void copy(Path from, Path to) throws IOException {
    try (ZipFile jar = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : jar.stream().toList()) {
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(entry.getName().endsWith(".class") ? rewritten(bytes) : bytes);
      }
    }
  }

  private byte[] rewritten(byte[] bytes) {
    ClassModel model = classes.parse(bytes);
    boolean old = model.majorVersion() <= NO_STACK_MAPS;
    List<Method> methods = new ArrayList<>();
    ClassTransform transform =
        ClassTransform.transformingMethodBodies(callMethods(model, methods))
            .andThen(old ? StartupJars::raise : ClassBuilder::with)
            .andThen(ClassTransform.endHandler(builder -> methods.forEach(m -> add(m, builder))));
    byte[] result = classes.transformClass(model, transform);
    return old || !methods.isEmpty() ? result : bytes;
  }

  private static void raise(ClassBuilder builder, ClassElement element) {
    if (element instanceof ClassFileVersion) {
      builder.withVersion(STACK_MAPS, 0);
    } else {
      builder.with(element);
    }
  }

  /** Puts calls of methods, to be added to the class, where call sites were that they replace. */
  private static CodeTransform callMethods(ClassModel model, List<Method> methods) {
    ClassDesc owner = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    return (builder, element) -> {
      if (element instanceof InvokeDynamicInstruction site && isReplaced(site)) {
        Method method = new Method(site.name().stringValue() + "$" + methods.size(), site);
        methods.add(method);
        builder.invokestatic(owner, method.name(), site.typeSymbol(), isInterface);
      } else {
        builder.with(element);
      }
    };
  }

  private static boolean isReplaced(InvokeDynamicInstruction site) {
    return isTypeSwitch(site)
        || (isBootstrap(site, "ObjectMethods", "bootstrap")
            && !site.name().equalsString("toString"));
  }

  private static boolean isTypeSwitch(InvokeDynamicInstruction site) {
    return isBootstrap(site, "SwitchBootstraps", "typeSwitch")
        && site.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }

  private static boolean isBootstrap(InvokeDynamicInstruction site, String owner, String name) {
    DirectMethodHandleDesc bootstrap = site.bootstrapMethod();
    return bootstrap.owner().equals(ClassDesc.of("java.lang.runtime", owner))
        && bootstrap.methodName().equals(name);
  }

  private static void add(Method method, ClassBuilder builder) {
    InvokeDynamicInstruction site = method.site();
    builder.withMethodBody(
        method.name(),
        site.typeSymbol(),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          if (isTypeSwitch(site)) {
            typeSwitch(site.bootstrapArgs(), code);
          } else if (site.name().equalsString("equals")) {
            equality(site.bootstrapArgs(), code);
          } else {
            hash(site.bootstrapArgs(), code);
          }
        });
  }

  /**
   * The number of the first type, from the one that the second argument gives, of which the first
   * argument is an instance; -1 for null, and the number of types if there is none.
   */
  private static void typeSwitch(List<ConstantDesc> types, CodeBuilder code) {
    Label notNull = code.newLabel();
    code.aload(0).ifnonnull(notNull).iconst_m1().ireturn().labelBinding(notNull);
    List<SwitchCase> cases = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      cases.add(SwitchCase.of(i, code.newLabel()));
    }
    Label none = code.newLabel();
    code.iload(1).tableswitch(none, cases);
    for (SwitchCase one : cases) {
      Label next = code.newLabel();
      code.labelBinding(one.target())
          .aload(0)
          .instanceOf((ClassDesc) types.get(one.caseValue()))
          .ifeq(next)
          .loadConstant(one.caseValue())
          .ireturn()
          .labelBinding(next);
    }
    code.labelBinding(none).loadConstant(types.size()).ireturn();
  }

  /** Whether the second argument is a record like the first, whose components are equal. */
  private static void equality(List<ConstantDesc> arguments, CodeBuilder code) {
    ClassDesc record = (ClassDesc) arguments.getFirst();
    Label differ = code.newLabel();
    code.aload(1).instanceOf(record).ifeq(differ);
    for (DirectMethodHandleDesc getter : components(arguments)) {
      ClassDesc type = getter.invocationType().returnType();
      component(getter, code.aload(0));
      component(getter, code.aload(1).checkcast(record));
      switch (TypeKind.from(type)) {
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS,
                    "equals",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                .ifeq(differ);
        case LONG -> code.lcmp().ifne(differ);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    box(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differ);
        default -> code.if_icmpne(differ);
      }
    }
    code.iconst_1().ireturn().labelBinding(differ).iconst_0().ireturn();
  }

  private static void hash(List<ConstantDesc> arguments, CodeBuilder code) {
    code.iconst_0();
    for (DirectMethodHandleDesc getter : components(arguments)) {
      ClassDesc type = getter.invocationType().returnType();
      component(getter, code.loadConstant(31).imul().aload(0));
      if (type.isPrimitive()) {
        code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
      } else {
        code.invokestatic(
            OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  /** The record comes first, then the names of its components, then what reads them. */
  private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
    return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
  }

  private static void component(DirectMethodHandleDesc getter, CodeBuilder code) {
    code.getfield(getter.owner(), getter.methodName(), getter.invocationType().returnType());
  }

  private static ClassDesc box(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
    };
  }
}
