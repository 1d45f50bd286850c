package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;
import pika.storage.bytes.Slice;
import pika.storage.list.End;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;

/**
 * Dumps of lists.
 *
 * <pre>
 * LIST             := count string*          what we write; every version reads it
 * LIST_ZIPLIST     := string(ziplist)
 * LIST_QUICKLIST   := {@link Quicklist}
 * LIST_QUICKLIST_2 := {@link Quicklist}
 * </pre>
 */
final class ListDump {
  /** Elements that are read or added at a time. */
  private static final int PORTION = 512;

  private ListDump() {}

  static void write(ListValue list, RdbOutput out) {
    out.putByte(RdbType.LIST.code()).putLength(list.size());
    for (long at = 0; at < list.size(); at += PORTION) {
      list.range(at, at + PORTION - 1).forEach(out::putString);
    }
  }

  static void read(RdbType type, RdbInput in, Lists lists, byte[] userKey) {
    ElementReader elements = elements(type, in);
    List<Slice> portion = new ArrayList<>();
    while (elements.hasNext()) {
      portion.add(Slice.of(elements.next()));
      if (portion.size() == PORTION) {
        lists.push(userKey, End.TAIL, portion);
        portion.clear();
      }
    }
    if (!portion.isEmpty()) {
      lists.push(userKey, End.TAIL, portion);
    }
  }

  private static ElementReader elements(RdbType type, RdbInput in) {
    return switch (type) {
      case LIST -> ElementReader.strings(in, in.takeCount());
      case LIST_ZIPLIST -> new Ziplist(in.takeString());
      case LIST_QUICKLIST -> new Quicklist(in, Quicklist.Nodes.ZIPLISTS);
      case LIST_QUICKLIST_2 -> new Quicklist(in, Quicklist.Nodes.CONTAINERS);
      default -> throw new IllegalArgumentException("no list: " + type);
    };
  }
}
