package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/**
 * All data of both servers must be the same: in every database the same number of keys, and of
 * every key type, value, expiry and encoding.
 */
record CompareData() implements Step {
  private static final int DATABASES = 16;
  private static final Command ALL_KEYS = Command.of("KEYS", "*");
  private static final Agreement SAME_EXPIRY = Agreement.near(2000);

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    try (Duo duo = arena.aside()) {
      for (int db = 0; db < DATABASES; db++) {
        duo.ask("SELECT", db);
        RawReply keys = duo.ask(ALL_KEYS, Agreement.UNORDERED).oracle();
        Eventually.agree(duo, Command.of("DBSIZE"), Agreement.EXACT);
        for (RawReply key : keys.elements()) {
          compareKey(duo, key.text());
          ObjectEncoding.compare(arena, duo, key.text());
        }
      }
    }
  }

  private static void compareKey(Duo duo, String key) throws IOException, Disagreement {
    String type = duo.ask("TYPE", key).oracle().text();
    switch (type) {
      case "string" -> duo.ask("GET", key);
      case "list" -> duo.ask("LRANGE", key, 0, -1);
      case "zset" -> duo.ask("ZRANGE", key, 0, -1, "WITHSCORES");
      case "stream" -> duo.ask("XRANGE", key, "-", "+");
      case "set" -> duo.ask(Command.of("SMEMBERS", key), Agreement.UNORDERED);
      case "hash" -> duo.ask(Command.of("HGETALL", key), Agreement.UNORDERED);
      default -> throw new Disagreement("a key of unknown type: " + type);
    }
    duo.ask("DEBUG", "DIGEST-VALUE", key);
    duo.ask(Command.of("PEXPIRETIME", key), SAME_EXPIRY);
  }

  @Override
  public String toString() {
    return "-- compare all data";
  }
}
