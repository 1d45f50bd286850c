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
 * Administration of a running server. For use in scripts: a subcommand prints the answer on
 * standard output and exits with 0, or an error on standard error and exits with 1.
 */
@Command(
    name = "admin",
    description = "Queries or administers a running server.",
    synopsisSubcommandLabel = "COMMAND",
    subcommandsRepeatable = false)
public final class AdminCommand {

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private Endpoint endpoint = new Endpoint();

  @Command(name = "ping", description = "Checks whether the server answers, and how fast.")
  int ping() {
    return ask((server, out) -> {
      long begin = System.nanoTime();
      Reply reply = server.call("PING");
      out.printf("%s in %.3f ms%n", Answers.text(reply), (System.nanoTime() - begin) / 1e6);
    });
  }

  @Command(name = "info", description = "Prints INFO, all of it or some sections.")
  int info(@Parameters(arity = "0..*", paramLabel = "SECTION") @Nullable List<String> sections) {
    return ask((server, out) -> out.println(Answers.text(
            server.call(Stream.concat(Stream.of("INFO"), stream(sections)).toArray(String[]::new)))
        .strip()));
  }

  @Command(name = "config-get", description = "Prints the settings that match any of the patterns.")
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

  @Command(
      name = "config-set",
      description = "Changes settings of the running server: all of them, or none.")
  int configSet(
      @Parameters(arity = "2..*", paramLabel = "NAME VALUE...", hideParamSyntax = true)
          List<String> namesAndValues) {
    return tell(
        Stream.concat(Stream.of("CONFIG", "SET"), stream(namesAndValues)).toArray(String[]::new));
  }

  @Command(
      name = "config-rewrite",
      description = "Writes the settings to the server's configuration file.")
  int configRewrite() {
    return tell("CONFIG", "REWRITE");
  }

  @Command(name = "compact", description = "Starts a compaction of the whole database.")
  int compact() {
    return tell("COMPACT");
  }

  @Command(name = "bgsave", description = "Starts a snapshot.")
  int bgsave(
      @Option(names = "--wait", description = "Wait until the snapshot is complete.") boolean wait,
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              description = "The longest time to wait.",
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

  @Command(name = "dbsize", description = "Prints the number of keys in the database.")
  int dbsize() {
    return tell("DBSIZE");
  }

  @Command(name = "scan-count", description = "Counts keys with SCAN, a few at a time.")
  int scanCount(
      @Option(names = "--match", paramLabel = "GLOB", description = "Only matching keys.") @Nullable
          String match,
      @Option(names = "--type", paramLabel = "TYPE", description = "Only this type.") @Nullable
          String type,
      @Option(
              names = "--count",
              paramLabel = "NUMBER",
              description = "Keys to visit per step. Default: ${DEFAULT-VALUE}.",
              defaultValue = "1000")
          int count) {
    return ask((server, out) -> out.println(new KeyCount(match, type, count).on(server)));
  }

  /** Runs one command and prints its reply. */
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

  /** Picocli passes null instead of an empty list. */
  private static Stream<String> stream(@Nullable List<String> words) {
    return words == null ? Stream.of() : words.stream();
  }

  private interface Question {
    void ask(Client server, PrintWriter out) throws IOException, InterruptedException;
  }
}
