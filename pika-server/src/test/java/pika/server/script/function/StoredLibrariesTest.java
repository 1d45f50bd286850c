package pika.server.script.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** A server's functions survive every kind of shutdown. */
final class StoredLibrariesTest {
  private static final String FIRST =
      "#!lua name=first\nredis.register_function('add', function(keys, args) return redis.call('incrby', keys[1], args[1]) end)";
  private static final String SECOND =
      "#!lua name=second\nredis.register_function{function_name='read', flags={'no-writes'},"
          + " callback=function(keys) return redis.call('get', keys[1]) end}";

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void functionsSurviveAKillAndAnOrderlyEnd() throws IOException {
    ServerProcess server = servers.subject();
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("FUNCTION", "LOAD", FIRST)).isEqualTo(RawReply.bulk("first"));
      assertThat(wire.ask("FUNCTION", "LOAD", SECOND)).isEqualTo(RawReply.bulk("second"));
      assertThat(wire.ask("FCALL", "add", "1", "n", "5")).isEqualTo(RawReply.integer(5));
    }
    server.kill();
    server.startAgain();
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("FCALL", "add", "1", "n", "2")).isEqualTo(RawReply.integer(7));
      assertThat(wire.ask("FCALL_RO", "read", "1", "n")).isEqualTo(RawReply.bulk("7"));
      assertThat(wire.ask("FLUSHALL")).isEqualTo(RawReply.of("+OK\r\n"));
      assertThat(wire.ask("FCALL", "add", "1", "n", "1")).isEqualTo(RawReply.integer(1));
      assertThat(wire.ask("FUNCTION", "DELETE", "first")).isEqualTo(RawReply.of("+OK\r\n"));
    }
    server.terminate();
    server.startAgain();
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("FCALL", "add", "1", "n", "1").text())
          .isEqualTo("ERR Function not found");
      assertThat(wire.ask("FCALL_RO", "read", "1", "n")).isEqualTo(RawReply.bulk("1"));
    }
  }

  @Test
  void everyThreadCallsTheLibraryThatWasLoadedLast() throws IOException {
    ServerProcess server = servers.subject();
    try (Wire one = server.connect();
        Wire other = server.connect()) {
      for (int i = 0; i < 50; i++) {
        String code =
            "#!lua name=lib\nredis.register_function('f', function() return " + i + " end)";
        one.ask("FUNCTION", "LOAD", "REPLACE", code);
        assertThat(other.ask("FCALL", "f", "0")).isEqualTo(RawReply.integer(i));
        assertThat(one.ask("FCALL", "f", "0")).isEqualTo(RawReply.integer(i));
      }
    }
  }
}
