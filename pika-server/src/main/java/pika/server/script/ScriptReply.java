package pika.server.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.ErrorReply;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.script.lua.LuaError;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;
import pika.server.script.lua.Watch;

/**
 * Converts a script's result to a reply: the inverse of {@link ReplyReader}. Tables are read raw,
 * without metatables; an array ends at its first nil.
 *
 * <p>A table may contain another one many times, or itself, and so can be small and yet an endless
 * reply. Therefore a reply is limited to the memory of a script's values, and reading it counts
 * like the script's instructions.
 */
final class ScriptReply {
  /** Maximum nesting; deeper tables would take too much stack here and in the client. */
  private static final int MAX_DEPTH = 1000;

  /** Stack slots per level of nesting. */
  private static final int LEVEL = 8;

  /** The script's watch is called after this many elements. */
  private static final int LOOK_EVERY = 1000;

  /** Approximate size of an element, besides the bytes of a string and the overhead of a table. */
  private static final int ELEMENT_BYTES = 16;

  private static final int TABLE_BYTES = 100;

  /** The field of an error that has already been counted as a failed command's. */
  static final String COUNTED = "ignore_error_stats_update";

  private static final String TOO_LARGE =
      "OOM the script's reply exceeds the script's memory limit.";

  private static final Reply TOO_DEEP = Reply.error("ERR reached lua stack limit");

  private final LuaStack stack;
  private final boolean isResp3;
  private final Watch watch;
  private long roomBytes;
  private int elements;
  private int depth;

  private ScriptReply(LuaStack stack, Protocol spoken, long mostBytes, Watch watch) {
    this.stack = stack;
    this.isResp3 = spoken == Protocol.RESP3;
    this.roomBytes = mostBytes;
    this.watch = watch;
  }

  /**
   * Returns the topmost value as a reply.
   *
   * @param spoken the protocol the script has chosen: only RESP3 has booleans and distinguishes
   *     null
   * @param mostBytes about how much memory the reply may take
   * @throws CommandException if it takes more
   */
  static Reply of(LuaStack stack, Protocol spoken, long mostBytes, Watch watch) {
    return new ScriptReply(stack, spoken, mostBytes, watch).top();
  }

  private Reply top() {
    take(ELEMENT_BYTES);
    if (++elements % LOOK_EVERY == 0) {
      watch.tick(LOOK_EVERY);
    }
    return switch (stack.type(-1)) {
      case STRING -> string();
      case NUMBER -> Reply.integer(LuaNumbers.integer(stack.number(-1)));
      case BOOLEAN -> bool(stack.isTrue(-1));
      case TABLE -> table();
      default -> Reply.NULL;
    };
  }

  private void take(long bytes) {
    roomBytes -= bytes;
    if (roomBytes < 0) {
      throw new CommandException(TOO_LARGE);
    }
  }

  private Reply string() {
    take(stack.length(-1));
    return Reply.bulk(stack.bytes(-1));
  }

  private Reply bool(boolean value) {
    if (isResp3) {
      return Reply.bool(value);
    }
    return value ? Reply.ONE : Reply.NULL;
  }

  private Reply table() {
    take(TABLE_BYTES);
    if (depth == MAX_DEPTH) {
      return TOO_DEEP;
    }
    try {
      stack.reserve(LEVEL);
    } catch (LuaError e) {
      return TOO_DEEP;
    }
    int table = stack.top();
    depth++;
    try {
      Reply special = special(table);
      return special != null ? special : array(table);
    } finally {
      depth--;
      stack.top(table);
    }
  }

  private @Nullable Reply special(int table) {
    // Most tables have no fields: then there is nothing to look up.
    stack.pushNil();
    if (!stack.next(table)) {
      return null;
    }
    if (has(table, "err", LuaType.STRING)) {
      String text = Args.printed(stack.text(-1));
      return new ErrorReply(text, has(table, COUNTED, LuaType.BOOLEAN));
    }
    if (has(table, "ok", LuaType.STRING)) {
      return Reply.simple(oneLine(Args.printed(stack.text(-1))));
    }
    if (has(table, "double", LuaType.NUMBER)) {
      return Reply.doubleValue(stack.number(-1));
    }
    if (has(table, "map", LuaType.TABLE)) {
      return map(stack.top());
    }
    if (has(table, "set", LuaType.TABLE)) {
      return set(stack.top());
    }
    if (has(table, "big_number", LuaType.STRING)) {
      return Reply.bigNumber(oneLine(stack.text(-1)));
    }
    if (has(table, "verbatim_string", LuaType.TABLE)) {
      int verbatim = stack.top();
      if (has(verbatim, "format", LuaType.STRING)) {
        String format = (stack.text(-1) + "   ").substring(0, 3);
        if (has(verbatim, "string", LuaType.STRING)) {
          byte[] text = stack.bytes(-1);
          return out -> out.verbatim(format, text);
        }
      }
    }
    return null;
  }

  /** Returns whether a field has this type; leaves the field on the stack. */
  private boolean has(int table, String field, LuaType type) {
    stack.top(table);
    stack.get(table, field);
    return stack.type(-1) == type;
  }

  private Reply map(int table) {
    List<Reply> all = new ArrayList<>();
    stack.pushNil();
    while (stack.next(table)) {
      Reply value = top();
      stack.pop(1);
      all.add(top());
      all.add(value);
    }
    return Reply.map(all);
  }

  private Reply set(int table) {
    List<Reply> all = new ArrayList<>();
    stack.pushNil();
    while (stack.next(table)) {
      stack.pop(1);
      all.add(top());
    }
    return Reply.set(all);
  }

  private Reply array(int table) {
    stack.top(table);
    List<Reply> all = new ArrayList<>();
    for (int i = 1; ; i++) {
      stack.get(table, i);
      if (stack.type(-1) == LuaType.NIL) {
        break;
      }
      all.add(top());
      stack.pop(1);
    }
    return Reply.array(all);
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
