package pika.tools.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.client.Client;
import pika.net.resp.Reply;

/**
 * Counts keys with SCAN. The server may name a key twice while keys come and go, so under writes
 * the count is close, not exact.
 *
 * @param match glob over names; null for all
 * @param type as TYPE names it; null for all
 * @param perStep how many keys the server looks at for one reply
 */
record KeyCount(@Nullable String match, @Nullable String type, int perStep) {

  long on(Client server) throws IOException {
    long found = 0;
    String cursor = "0";
    do {
      List<Reply> page = Answers.items(server.call(scan(cursor)));
      cursor = Answers.text(page.get(0));
      found += Answers.items(page.get(1)).size();
    } while (!cursor.equals("0"));
    return found;
  }

  private String[] scan(String cursor) {
    List<String> command =
        new ArrayList<>(List.of("SCAN", cursor, "COUNT", Integer.toString(perStep)));
    if (match != null) {
      command.addAll(List.of("MATCH", match));
    }
    if (type != null) {
      command.addAll(List.of("TYPE", type));
    }
    return command.toArray(String[]::new);
  }
}
