package pika.tools.admin;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pika.net.client.Client;
import pika.net.resp.Reply;
import pika.tools.cli.Endpoint;

/**
 * What an operator asks a running server. Each subcommand prints the answer on standard output and
 * ends with 0, or an error on standard error and ends with 1, so that scripts can rely on it.
 */
@Command(
    name = "admin",
    description = "Asks a running server something, or tells it to do something.",
    synopsisSubcommandLabel = "COMMAND",
    subcommandsRepeatable = false)
public final class AdminCommand {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private Endpoint endpoint = new Endpoint();

  @Command(name = "ping", description = "Whether the server answers, and how fast.")
  int ping() {
    return ask((server, out) -> {
      long begin = System.nanoTime();
      Reply reply = server.call("PING");
      out.printf("%s in %.3f ms%n", Answers.text(reply), (System.nanoTime() - begin) / 1e6);
    });
  }

  @Command(name = "info", description = "INFO, all of it or some sections.")
  int info(@Parameters(arity = "0..*", paramLabel = "SECTION") @Nullable List<String> sections) {
    return ask((server, out) -> out.println(Answers.text(
            server.call(Stream.concat(Stream.of("INFO"), stream(sections)).toArray(String[]::new)))
        .strip()));
  }

  @Command(name = "config-get", description = "Settings whose names match any of the patterns.")
  int configGet(@Parameters(arity = "1..*", paramLabel = "PATTERN") List<String> patterns) {
    return ask((server, out) -> {
      Reply reply = server.call(
          Stream.concat(Stream.of("CONFIG", "GET"), stream(patterns)).toArray(String[]::new));
      List<Reply> pairs = Answers.items(reply);
      for (int i = 0; i + 1 < pairs.size(); i += 2) {
        out.println(Answers.text(pairs.get(i)) + " " + Answers.text(pairs.get(i + 1)));
      }
    });
  }

  @Command(name = "config-set", description = "Changes a setting of the running server.")
  int configSet(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "VALUE") String value) {
    return tell("CONFIG", "SET", name, value);
  }

  @Command(name = "config-rewrite", description = "Writes the settings to the server's file.")
  int configRewrite() {
    return tell("CONFIG", "REWRITE");
  }

  @Command(name = "compact", description = "Starts a compaction of the whole database.")
  int compact() {
    return tell("COMPACT");
  }

  @Command(name = "bgsave", description = "Starts a snapshot.")
  int bgsave(
      @Option(names = "--wait", description = "Return when the snapshot is done.") boolean wait,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              description = "How long to wait at most.",
              defaultValue = "3600")
          int timeoutSeconds) {
    return ask((server, out) -> {
      out.println(Answers.text(server.call("BGSAVE")));
      out.flush();
      if (wait) {
        new Snapshot(server).await(Duration.ofSeconds(timeoutSeconds));
        out.println("done");
      }
    });
  }

  @Command(name = "dbsize", description = "How many keys the database has.")
  int dbsize() {
    return tell("DBSIZE");
  }

  @Command(
      name = "scan-count",
      description = "Counts keys by walking over them, a little at a time.")
  int scanCount(
      @Option(names = "--match", paramLabel = "GLOB", description = "Only such names.") @Nullable
          String match,
      @Option(names = "--type", paramLabel = "TYPE", description = "Only such values.") @Nullable
          String type,
      @Option(names = "--count", description = "Keys to look at per step.", defaultValue = "1000")
          int count) {
    return ask((server, out) -> out.println(new KeyCount(match, type, count).on(server)));
  }

  /** One command whose reply is all there is to say. */
  private int tell(String... command) {
    return ask((server, out) -> out.println(Answers.text(server.call(command))));
  }

  private int ask(Question question) {
    PrintWriter out = spec.commandLine().getOut();
    try (Client server = endpoint.connect()) {
      question.ask(server, out);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("admin: " + e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      out.flush();
    }
  }

  /** Picocli gives no list at all where there are no arguments. */
  private static Stream<String> stream(@Nullable List<String> words) {
    return words == null ? Stream.of() : words.stream();
  }

  private interface Question {
    void ask(Client server, PrintWriter out) throws IOException, InterruptedException;
  }
}
