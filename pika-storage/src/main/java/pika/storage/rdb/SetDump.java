package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;
import pika.storage.set.Sets;

/**
 * Dumps of sets.
 *
 * <pre>
 * SET          := count string*          what we write; every version reads it
 * SET_INTSET   := string(intset)
 * SET_LISTPACK := string(listpack)
 * </pre>
 */
final class SetDump {
  /** Members that are added at a time. */
  private static final int PORTION = 512;

  private SetDump() {}

  static void write(Sets sets, byte[] userKey, RdbOutput out) {
    out.putByte(RdbType.SET.code()).putLength(sets.size(userKey));
    sets.members(userKey).forEach((member, nothing) -> {
      out.putString(member);
      return true;
    });
  }

  static void read(RdbType type, RdbInput in, Sets sets, byte[] userKey) {
    ElementReader members = members(type, in);
    List<byte[]> portion = new ArrayList<>();
    while (members.hasNext()) {
      portion.add(members.next());
      if (portion.size() == PORTION || !members.hasNext()) {
        if (sets.add(userKey, portion) != portion.size()) {
          throw new RdbException("a member twice");
        }
        portion.clear();
      }
    }
  }

  private static ElementReader members(RdbType type, RdbInput in) {
    return switch (type) {
      case SET -> ElementReader.strings(in, in.takeCount());
      case SET_INTSET -> new Intset(in.takeString());
      case SET_LISTPACK -> new Listpack(in.takeString());
      default -> throw new IllegalArgumentException("no set: " + type);
    };
  }
}
