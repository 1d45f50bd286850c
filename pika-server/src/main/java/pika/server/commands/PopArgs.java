package pika.server.commands;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.list.End;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;

/**
 * The arguments {@code numkeys key... LEFT|RIGHT [COUNT count]}.
 *
 * @param count the maximum number of elements, at least one
 */
record PopArgs(List<byte[]> keys, End end, long count) {
  private static final String NO_KEYS = "ERR numkeys should be greater than 0";
  private static final String NO_COUNT = "ERR count should be greater than 0";

  /** Parses the arguments from the number of keys on. */
  static PopArgs of(Call call, int numKeysAt) {
    long numKeys = atLeastOne(call.arg(numKeysAt), NO_KEYS);
    int firstKey = numKeysAt + 1;
    if (numKeys >= call.argCount() - firstKey) {
      throw CommandException.syntax();
    }
    int endAt = firstKey + (int) numKeys;
    End end = ListDoor.end(call.arg(endAt));
    long count = count(call.optionsFrom(endAt + 1));
    return new PopArgs(Arrays.asList(call.args()).subList(firstKey, endAt), end, count);
  }

  private static long count(Options options) {
    if (!options.hasNext()) {
      return 1;
    }
    if (!options.takeWithValue("COUNT")) {
      throw CommandException.syntax();
    }
    long count = atLeastOne(options.next(), NO_COUNT);
    if (options.hasNext()) {
      throw CommandException.syntax();
    }
    return count;
  }

  private static long atLeastOne(byte[] arg, String errorText) {
    long value = Args.parseLong(arg, errorText);
    if (value < 1) {
      throw new CommandException(errorText);
    }
    return value;
  }

  /** Pops from the first list that exists; returns null when none does. */
  @Nullable
  Reply popFirst(Call call, ListDoor door) {
    Lists lists = door.lists(call);
    for (byte[] key : keys) {
      ListValue list = lists.find(key);
      if (list != null) {
        return Reply.array(Reply.bulk(key), ListDoor.reply(list.pop(end, count)));
      }
    }
    return null;
  }
}
