package pika.server.proof.clients;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import pika.server.proof.Notation;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;

/** Runs one of Redis' own programs against a server, to its end. */
final class Program {
  private static final int LIMIT_SECONDS = 60;

  private final String name;
  private final ServerProcess server;

  Program(String name, ServerProcess server) {
    this.name = name;
    this.server = server;
  }

  /** Gives the program its input and answers what it printed; it must end with exit code 0. */
  String run(byte[] input, String... args) throws Exception {
    List<String> line = new ArrayList<>(List.of(RedisOracle.program(name)));
    line.addAll(List.of("-p", "" + server.port()));
    line.addAll(List.of(args));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    try {
      String printed = output.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (process.waitFor() != 0) {
        throw new AssertionError(line + " failed:\n" + printed);
      }
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Process process) {
    try {
      return Notation.text(process.getInputStream().readAllBytes());
    } catch (IOException e) {
      return "(output lost: " + e + ")";
    }
  }
}
