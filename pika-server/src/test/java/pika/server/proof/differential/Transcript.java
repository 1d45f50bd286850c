package pika.server.proof.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/**
 * A file of commands and what Redis answers:
 *
 * <pre>
 * # SET refuses a wrong expiry
 * &gt; SET a b EX 0
 * &lt; -ERR invalid expire time in 'set' command
 * </pre>
 *
 * Paragraphs are scenes: each starts with an empty server and a new connection, which speaks RESP3
 * after a line {@code @resp3}. A scene with the line {@code @needs RPUSH} is left out where that
 * command is not served. Arguments are written as redis-cli takes them, replies as {@link
 * pika.server.proof.RawReply#inFull} prints them.
 */
final class Transcript {
  private static final Path DIRECTORY =
      Path.of("src/test/resources/pika/server/proof/differential");

  private static final int TRIES = 5;
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final Path file;
  private final List<String> lines;

  private Transcript(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  static Transcript read(String name) throws IOException {
    Path file = DIRECTORY.resolve(name + ".txt");
    return new Transcript(file, Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  /** Asks every command and writes down what this server answers, in place of what was written. */
  Transcript playedOn(ServerProcess server) throws IOException {
    List<String> played = new ArrayList<>();
    List<String> scene = new ArrayList<>();
    for (String line : lines) {
      scene.add(line);
      if (line.isEmpty()) {
        played.addAll(playedInTime(scene, server));
        scene.clear();
      }
    }
    played.addAll(playedInTime(scene, server));
    return new Transcript(file, played);
  }

  /**
   * What a TTL says half a second later is something else: a scene that has other replies than are
   * written is played again if the machine has stood still meanwhile.
   */
  private static List<String> playedInTime(List<String> scene, ServerProcess server)
      throws IOException {
    List<String> played = scene;
    boolean late = true;
    for (int i = 0; i < TRIES && late; i++) {
      long start = System.nanoTime();
      played = played(scene, server);
      late = !played.equals(scene) && System.nanoTime() - start > SLOW_NANOS;
    }
    return played;
  }

  private static List<String> played(List<String> scene, ServerProcess server) throws IOException {
    List<String> played = new ArrayList<>();
    try (Wire wire = server.connect()) {
      wire.ask("FLUSHALL");
      for (String line : scene) {
        if (line.startsWith("@needs") && !serves(wire, line.substring(7))) {
          return scene;
        } else if (line.equals("@resp3")) {
          wire.ask("HELLO", 3);
        }
        if (!line.startsWith("<")) {
          played.add(line);
        }
        if (line.startsWith(">")) {
          played.add("< " + wire.ask(Command.parse(line.substring(2))).inFull());
        }
      }
    }
    return played;
  }

  private static boolean serves(Wire wire, String command) throws IOException {
    return !wire.ask("COMMAND", "INFO", command).elements().get(0).isNil();
  }

  void write() throws IOException {
    Files.write(file, lines, StandardCharsets.ISO_8859_1);
  }

  /** One entry for every reply that is not as it is written here. */
  List<String> differences(Transcript other) {
    List<String> differences = new ArrayList<>();
    String command = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      command = line.startsWith(">") ? line : command;
      String otherLine = i < other.lines.size() ? other.lines.get(i) : "(nothing)";
      if (!line.equals(otherLine)) {
        differences.add(
            "line %d: %s%n  written %s%n  is      %s%n".formatted(i + 1, command, line, otherLine));
      }
    }
    return differences;
  }
}
