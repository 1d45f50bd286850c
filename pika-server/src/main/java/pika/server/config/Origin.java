package pika.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a setting was written, for messages.
 *
 * @param file the file as the user named it, null for the command line
 * @param line counted from 1
 */
record Origin(@Nullable String file, int line) {
  static final Origin COMMAND_LINE = new Origin(null, 0);

  /** {@code conf/pika.conf:12: port: reason}, or {@code --port: reason}. */
  String message(String key, String reason) {
    return place(key) + ": " + reason;
  }

  /** {@code conf/pika.conf:12: port}, or {@code --port}. */
  String place(String key) {
    return file == null ? "--" + key : file + ":" + line + ": " + key;
  }
}
