package pika.server.proof.operation;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pika.server.proof.ServerProcess;

/**
 * A start of the server that is meant to fail.
 *
 * @param exitCode how the process ended
 * @param complaints the lines on its standard error
 */
record FailedStart(int exitCode, List<String> complaints) {
  private static final int LIMIT_SECONDS = 30;

  /** Starts the server with these arguments and waits for its end. */
  static FailedStart with(List<String> arguments) throws Exception {
    return of(ServerProcess.pikaProgram(), arguments);
  }

  /** The same with a program of its own. */
  static FailedStart of(List<String> program, List<String> arguments) throws Exception {
    List<String> line = new ArrayList<>(program);
    line.addAll(arguments);
    Process process =
        new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader errors = process.errorReader()) {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the server goes on: " + arguments);
      }
      return new FailedStart(process.exitValue(), readAll(errors));
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> readAll(BufferedReader errors) throws IOException {
    return errors.lines().toList();
  }
}
