package org.blrc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * What commands and their arguments have in common. They are declared with picocli's builders: its
 * annotations are read through proxy classes, which have to be made anew at every start and would
 * take longer than a derivation.
 */
final class Arguments {

  /** Where picocli's own factory looks for other languages first, at each start. */
  static final IFactory FACTORY =
      new IFactory() {
        @Override
        public <K> K create(Class<K> type) throws ReflectiveOperationException {
          return type.getDeclaredConstructor().newInstance();
        }
      };

  private Arguments() {}

  /** A command without arguments so far. */
  static CommandSpec command(Callable<Integer> run, String description) {
    CommandSpec command = CommandSpec.wrapWithoutInspection(run, FACTORY);
    command.usageMessage().description(description).sortOptions(false);
    return command;
  }

  /** An option with one value. */
  static OptionSpec.Builder option(Class<?> type, String label, String... names) {
    return OptionSpec.builder(names).type(type).arity("1").paramLabel(label);
  }

  /** An option whose value is one of the constants of an enum. */
  static <E extends Enum<E>> OptionSpec.Builder choice(E byDefault, String label, String name) {
    Class<E> type = byDefault.getDeclaringClass();
    return option(type, label, name).converters(new Choice<>(type)).initialValue(byDefault);
  }

  /** An option that every command takes. */
  static OptionSpec everywhere(OptionSpec.Builder option) {
    return option.scopeType(ScopeType.INHERIT).build();
  }

  /** The one argument that is no option. */
  static PositionalParamSpec.Builder positional(Class<?> type, String label) {
    return PositionalParamSpec.builder()
        .type(type)
        .index("0")
        .arity("1")
        .required(true)
        .paramLabel(label);
  }
}
