package pika.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program redis-benchmark, the load generator. */
final class RedisBenchmark {

  private static final int VERSION_SECONDS = 10;

  private final String program;
  private final Workspace workspace;

  RedisBenchmark(String program, Workspace workspace) {
    this.program = program;
    this.workspace = workspace;
  }

  /** Says which version it is, and with that, that it is there. */
  String version() throws BenchException, InterruptedException {
    return run(List.of("--version"), VERSION_SECONDS).strip();
  }

  /**
   * Sends {@code requests} requests of a cell to a server on this machine.
   *
   * @throws BenchException if the server answered with an error or took longer than the limit
   */
  BenchmarkCsv run(int port, Cell cell, long requests, long limitSeconds)
      throws BenchException, InterruptedException {
    Dataset dataset = cell.dataset();
    long keys = cell.row().fill().keyCount(dataset.keys());
    List<String> arguments = new ArrayList<>(List.of(
        "-h",
        "127.0.0.1",
        "-p",
        Integer.toString(port),
        "-c",
        Integer.toString(cell.clients()),
        "-P",
        Integer.toString(cell.pipeline()),
        "-n",
        Long.toString(requests),
        "-r",
        Long.toString(keys),
        "-d",
        Integer.toString(dataset.valueBytes()),
        "--csv"));
    arguments.addAll(cell.row().arguments(dataset.valueBytes()));
    try {
      return BenchmarkCsv.parse(run(arguments, limitSeconds));
    } catch (IllegalArgumentException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private String run(List<String> arguments, long limitSeconds)
      throws BenchException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    Path output = workspace.file("redis-benchmark.out");
    Path errors = workspace.file("redis-benchmark.err");
    try {
      Process process = workspace.start(new ProcessBuilder(command)
          .redirectOutput(output.toFile())
          .redirectError(errors.toFile()));
      if (workspace.await(process, limitSeconds) != 0) {
        throw new BenchException(Files.readString(errors).strip());
      }
      return Files.readString(output);
    } catch (IOException e) {
      throw new BenchException(
          "cannot run " + program + "; Debian has it in redis-tools, and --redis-benchmark names"
              + " another (" + e.getMessage() + ")",
          e);
    }
  }
}
