package pika.server.commands;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.storage.bytes.Slice;
import pika.storage.list.End;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;
import pika.storage.packed.PackedLimits;

/**
 * Opens the lists of a call's database.
 *
 * @param limits supplies the current limits, which follow {@code list-max-listpack-size}
 */
record ListDoor(Supplier<PackedLimits> limits) {

  Lists lists(Call call) {
    return new Lists(call.keyspace(), limits.get());
  }

  /** Returns the list under the first argument; null when there is none. */
  @Nullable
  ListValue find(Call call) {
    return lists(call).find(call.arg(1));
  }

  /** Parses LEFT or RIGHT; anything else is a syntax error. */
  static End end(byte[] word) {
    if (Args.is(word, "LEFT")) {
      return End.HEAD;
    }
    if (Args.is(word, "RIGHT")) {
      return End.TAIL;
    }
    throw CommandException.syntax();
  }

  /** Returns the element, without copying, or null. */
  static Reply reply(@Nullable Slice element) {
    return element == null
        ? Reply.NULL
        : Reply.bulk(element.array(), element.offset(), element.length());
  }

  static Reply reply(List<Slice> elements) {
    return elements.isEmpty()
        ? Reply.EMPTY_ARRAY
        : Reply.array(elements.stream().map(ListDoor::reply).toList());
  }
}
