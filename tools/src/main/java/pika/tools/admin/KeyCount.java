package pika.tools.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.client.Client;
import pika.net.resp.Reply;

/**
 * Counts keys with SCAN. SCAN may return a key twice while keys are added and removed, so under
 * writes the count is approximate.
 *
 * @param match glob pattern; null for all keys
 * @param type a name that TYPE returns; null for all types
 * @param perStep how many keys the server visits per reply
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
