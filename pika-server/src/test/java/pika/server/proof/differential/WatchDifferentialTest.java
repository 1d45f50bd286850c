package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.Servers;

/**
 * Writes that change nothing, or nothing but the form of a value or what is kept beside it, break
 * WATCH and are told to clients that cache where Redis has it so, and nowhere else.
 */
final class WatchDifferentialTest {
  private static final int ACTOR = 0;
  private static final int WATCHER = 1;
  private static final int CACHING = 2;
  private static final String KEYS = "s n b h l t z p x";

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void stringsAndDeadlines() throws IOException {
    assertSame(
        "SET s v",
        "SET s v",
        "SET s v NX",
        "SET s v KEEPTTL",
        "SETRANGE s 0 v",
        "SETRANGE s 1 \"\"",
        "APPEND s \"\"",
        "GETEX s",
        "GETEX s PERSIST",
        "PERSIST s",
        "PEXPIREAT s 9999999999999",
        "PEXPIREAT s 9999999999999",
        "PEXPIREAT s 9999999999999 GT",
        "GETEX s PXAT 9999999999999",
        "SET s v PXAT 9999999999999",
        "TOUCH s",
        "RENAME s s",
        "RENAMENX s s",
        "COPY n s",
        "MSET s v",
        "MSETNX s v",
        "SET n 12",
        "INCRBY n 0",
        "INCRBYFLOAT n 0",
        "DEL nosuch",
        "SORT nosuch STORE nosuch");
  }

  @Test
  void aRestoredValueWhoseTimeIsOver() throws IOException {
    String payload = "\"\\x00\\xc0\\x01\\n\\x00&x\\xe7\\xb6\\xd1\\x01\\x11\\xfc\"";
    assertSame(
        "RESTORE x 1 " + payload + " ABSTTL",
        "RESTORE x 1 " + payload + " REPLACE ABSTTL",
        "SET x v",
        "RESTORE x 1 " + payload + " REPLACE ABSTTL",
        "EXISTS x",
        "RESTORE x 0 " + payload,
        "GET x");
  }

  @Test
  void bitmaps() throws IOException {
    assertSame(
        "SET b 12",
        "SETBIT b 2 1",
        "SETBIT b 2 1",
        "SETBIT b 2 0",
        "SETBIT b 100 0",
        "SET b 12",
        "BITFIELD b GET u8 0",
        "BITFIELD b SET u8 0 49",
        "BITFIELD b SET u8 0 49",
        "BITFIELD b INCRBY u8 0 0",
        "BITFIELD b OVERFLOW FAIL INCRBY u8 0 255",
        "BITFIELD b OVERFLOW FAIL INCRBY u8 80 256",
        "BITFIELD b OVERFLOW FAIL INCRBY u8 160 256 SET u8 0 49",
        "DEL b",
        "BITFIELD b OVERFLOW FAIL SET u8 0 256",
        "BITFIELD b SET u8 16 0",
        "BITOP AND b nosuch",
        "BITOP AND b nosuch",
        "PFADD p x",
        "PFADD p x",
        "PFADD p",
        "PFCOUNT p",
        "PFCOUNT p",
        "PFDEBUG TODENSE p",
        "PFDEBUG GETREG p",
        "PFMERGE p");
  }

  @Test
  void collections() throws IOException {
    assertSame(
        "HSET h f v n 1",
        "HSET h f v",
        "HSETNX h f w",
        "HINCRBY h n 0",
        "HINCRBYFLOAT h n 0",
        "HDEL h g",
        "RPUSH l a",
        "LPUSHX nosuch a",
        "LSET l 0 a",
        "LTRIM l 0 -1",
        "LREM l 0 nosuch",
        "LINSERT l BEFORE nosuch b",
        "LMOVE l l LEFT RIGHT",
        "RPOPLPUSH l l",
        "LPOP l 0",
        "SADD t a b",
        "SADD t a",
        "SREM t c",
        "SMOVE t t a",
        "SPOP t 0",
        "SINTERSTORE t t nosuch",
        "SINTERSTORE t t nosuch",
        "ZADD z 1 a",
        "ZADD z 1 a",
        "ZADD z XX 1 b",
        "ZADD z GT 0 a",
        "ZINCRBY z 0 a",
        "ZREM z b",
        "ZPOPMIN z 0",
        "ZRANGESTORE z z 0 -1",
        "ZREMRANGEBYRANK z 5 6");
  }

  @Test
  void streams() throws IOException {
    assertSame(
        "XADD x 1-1 f v",
        "XADD nosuch NOMKSTREAM 1-1 f v",
        "XGROUP CREATE x g 0",
        "XREADGROUP GROUP g c STREAMS x >",
        "XREADGROUP GROUP g c STREAMS x >",
        "XREADGROUP GROUP g c STREAMS x 0",
        "XREADGROUP GROUP g c NOACK STREAMS x >",
        "XCLAIM x g d 0 1-1 JUSTID",
        "XCLAIM x g d 0 1-1 LASTID 9-9 JUSTID",
        "XAUTOCLAIM x g c 0 0 JUSTID",
        "XACK x g 1-1",
        "XACK x g 1-1",
        "XGROUP CREATECONSUMER x g e",
        "XGROUP DELCONSUMER x g e",
        "XGROUP SETID x g 0",
        "XGROUP DESTROY x g",
        "XGROUP DESTROY x g",
        "XSETID x 5-0",
        "XTRIM x MAXLEN 1",
        "XDEL x 7-7",
        "XDEL x 1-1",
        "DEL x",
        "XGROUP CREATE x g $ MKSTREAM");
  }

  @Test
  void whatAScriptUndoes() throws IOException {
    assertSame(
        script("'SET','s','v'", "'DEL','s'"),
        script("'SADD','t','a'", "'SREM','t','a'"),
        script("'RPUSH','l','a'", "'LPOP','l'"),
        script("'XGROUP','CREATE','x','g','$','MKSTREAM'", "'DEL','x'"),
        "SET s v",
        script("'DEL','s'", "'SET','s','v'"),
        script("'SET','s','w'", "'SET','s','v'"),
        script("'DEL','nosuch'", "'GET','z'"),
        "SET n 1 PX 1",
        script("'DEL','n'", "'EXISTS','n'"));
  }

  private static String script(String one, String other) {
    return "EVAL \"redis.call(%s) redis.call(%s)\" 0".formatted(one, other);
  }

  private void assertSame(String... lines) throws IOException {
    try (Listeners oracle = Listeners.to(servers.redis(), protocols());
        Listeners subject = Listeners.to(servers.subject(), protocols())) {
      oracle.wire(CACHING).ask("CLIENT", "TRACKING", "ON");
      subject.wire(CACHING).ask("CLIENT", "TRACKING", "ON");
      for (String line : lines) {
        Command command = Command.parse(line);
        assertThat(watched(subject, command)).as(line).isEqualTo(watched(oracle, command));
      }
    }
  }

  private static Protocol[] protocols() {
    return new Protocol[] {Protocol.RESP3, Protocol.RESP3, Protocol.RESP3};
  }

  /** The reply, what those hear who cache all keys, and what EXEC says to those who watch all. */
  private static List<String> watched(Listeners listeners, Command command) throws IOException {
    listeners.play(CACHING, Command.parse("EXISTS " + KEYS));
    listeners.play(WATCHER, Command.parse("WATCH " + KEYS));
    List<String> heard = listeners.play(ACTOR, command);
    listeners.wire(WATCHER).ask("MULTI");
    listeners.wire(WATCHER).ask("GET", "nosuch");
    heard.add(listeners.wire(WATCHER).ask("EXEC").inFull());
    return heard;
  }
}
