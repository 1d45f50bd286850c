package pika.server.script.function;

import java.util.List;

/**
 * A loaded library: its source, including the header line, and the functions that its code has
 * registered. Compared by identity: the same source loaded again is another library.
 */
final class Library {
  private final String name;
  private final byte[] code;
  private final List<Function> functions;

  /** Creates a library; {@code code} must not change afterwards. */
  Library(String name, byte[] code, List<Function> functions) {
    this.name = name;
    this.code = code;
    this.functions = List.copyOf(functions);
  }

  String name() {
    return name;
  }

  byte[] code() {
    return code;
  }

  List<Function> functions() {
    return functions;
  }
}
