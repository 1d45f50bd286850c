package pika.server.commands;

import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.bytes.Glob;

/** The options of every scan: {@code [MATCH pattern] [COUNT count]}. Confined to the call. */
final class ScanOptions {
  private static final long DEFAULT_COUNT = 10;
  private static final Glob ALL = Glob.compile(new byte[] {'*'});

  private long count = DEFAULT_COUNT;
  private Glob pattern = ALL;

  /** Parses options that must all be of these. */
  static ScanOptions of(Options options) {
    ScanOptions read = new ScanOptions();
    while (options.hasNext()) {
      read.takeNext(options);
    }
    return read;
  }

  /** Parses the next option; another one is a syntax error. */
  void takeNext(Options options) {
    if (options.takeWithValue("COUNT")) {
      count = options.nextLong();
      if (count < 1) {
        throw CommandException.syntax();
      }
    } else if (options.takeWithValue("MATCH")) {
      pattern = Glob.compile(options.next());
    } else {
      throw CommandException.syntax();
    }
  }

  /** Returns about how many elements one call should look at. */
  long count() {
    return count;
  }

  Glob pattern() {
    return pattern;
  }
}
