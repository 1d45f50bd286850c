package pika.server.script.lua;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import party.iroiro.luajava.lua51.Lua51Natives;

/**
 * Rewrites compiled scripts in two ways.
 *
 * <p>It lets them check for memory when they concatenate. Doubling a string thirty times takes a
 * hundred instructions and all memory there is, and Lua offers no other hook: strings have no
 * metamethod for it, and its allocator can't be replaced from here.
 *
 * <p>After each CONCAT, three instructions are inserted that call a function of the sandbox whose
 * name no script can spell. A CONCAT of more than two values, of which up to two hundred may be the
 * same large string, is preceded by three as well:
 *
 * <pre>
 *   CONCAT    a  b c         GETGLOBAL t "(concats)"      t is the first register above all that is in use
 *   ...                      LOADK     t+1 c-b+1          how many values there are; they are right below t
 *                            CALL      t 2 1
 *                            CONCAT    a b c
 *                            GETGLOBAL t "(concat)"
 *                            MOVE      t+1 a
 *                            CALL      t 2 1
 *                            ...
 * </pre>
 *
 * <p>A tail call of a library function becomes a plain call: some of those functions are written in
 * Lua here and, unlike native ones, would replace their caller, which errors have to name.
 * Functions in local variables and upvalues are the script's own; their tail calls remain.
 *
 * <p>Insertion moves what follows, so jumps, line numbers and the ranges of local variables are
 * adjusted. The layout is that of Lua 5.1's {@code ldump}; see {@link ValueChunk}.
 */
final class CodeGuard {
  private static final int HEADER_BYTES = 12;
  private static final byte[] AFTER = "(concat)".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEFORE = "(concats)".getBytes(StandardCharsets.US_ASCII);

  private static final int OP_MOVE = 0;
  private static final int OP_LOADK = 1;
  private static final int OP_GETUPVAL = 4;
  private static final int OP_GETGLOBAL = 5;
  private static final int OP_GETTABLE = 6;
  private static final int OP_SELF = 11;
  private static final int OP_CONCAT = 21;
  private static final int OP_JMP = 22;
  private static final int OP_CALL = 28;
  private static final int OP_TAILCALL = 29;
  private static final int OP_FORLOOP = 31;
  private static final int OP_FORPREP = 32;
  private static final int OP_SETLIST = 34;

  private static final int INSERTED = 3;
  private static final int MAX_REGISTERS = 250;
  private static final int MAX_CONSTANTS = (1 << 18) - 2 - MAX_REGISTERS;
  private static final int JUMP_BIAS = (1 << 17) - 1;

  private final ByteBuffer in;
  private ByteBuffer out;
  private boolean found;

  private CodeGuard(ByteBuffer in) {
    this.in = in;
    this.out = newBuffer(in.remaining() * 2 + 256);
  }

  /** Replaces the function on top of the stack by a guarded one. */
  static void protect(LuaStack stack, Lua51Natives lua) {
    ByteBuffer dumped = (ByteBuffer) lua.luaJ_dumptobuffer(stack.pointer());
    if (dumped == null) {
      throw LuaError.plain("not enough memory");
    }
    CodeGuard guard = new CodeGuard(dumped.order(ByteOrder.LITTLE_ENDIAN));
    guard.copy(HEADER_BYTES);
    guard.function();
    if (!guard.found) {
      return;
    }
    stack.pop(1);
    ByteBuffer code = guard.out.flip();
    // The dump itself contains the name.
    if (lua.luaJ_loadbuffer(stack.pointer(), code, code.remaining(), "=guarded") != 0) {
      throw LuaError.plain(stack.text(-1));
    }
  }

  private void function() {
    string();
    copy(4 + 4 + 3);
    int registersAt = out.position();
    int registers = in.get() & 0xff;
    room(1).put((byte) registers);

    int[] code = ints();
    boolean[] isNumber = numbers(code);
    callPlainly(code, isNumber);
    int constantsAt = in.position();
    skipConstants();
    int constantsEnd = in.position();
    in.position(constantsAt);
    int constants = in.getInt();

    boolean[] isConcat = concats(code, isNumber);
    int[] newPlace = new int[code.length + 1];
    int added = 0;
    int highest = registers;
    int most = 0;
    for (int i = 0; i < code.length; i++) {
      newPlace[i] = i + added;
      if (isConcat[i]) {
        added += before(code[i]) + INSERTED;
        highest = Math.max(highest, free(code[i]) + 2);
        most = Math.max(most, operands(code[i]));
      }
    }
    newPlace[code.length] = code.length + added;
    boolean changes = added > 0;
    if (changes && (highest > MAX_REGISTERS || constants >= MAX_CONSTANTS)) {
      throw LuaError.plain("function or expression too complex");
    }
    found |= changes;

    ints(changes ? moved(code, isNumber, isConcat, newPlace, constants) : code);
    if (changes) {
      out.put(registersAt, (byte) highest);
    }
    room(4).putInt(changes ? constants + 2 + most : constants);
    copy(constantsEnd - in.position());
    if (changes) {
      constant(AFTER);
      constant(BEFORE);
      for (int count = 1; count <= most; count++) {
        room(1 + 8).put((byte) 3).putDouble(count);
      }
    }
    int children = in.getInt();
    room(4).putInt(children);
    for (int i = 0; i < children; i++) {
      function();
    }
    lines(code, isConcat, changes);
    locals(newPlace);
    int upvalues = in.getInt();
    room(4).putInt(upvalues);
    for (int i = 0; i < upvalues; i++) {
      string();
    }
  }

  /** Returns which words are not instructions but the number that belongs to the SETLIST before. */
  private static boolean[] numbers(int[] code) {
    boolean[] is = new boolean[code.length];
    for (int i = 0; i + 1 < code.length; i++) {
      if (!is[i] && (code[i] & 0x3f) == OP_SETLIST && (code[i] >>> 14 & 0x1ff) == 0) {
        is[i + 1] = true;
      }
    }
    return is;
  }

  private void callPlainly(int[] code, boolean[] isNumber) {
    for (int i = 1; i < code.length; i++) {
      if (!isNumber[i]
          && (code[i] & 0x3f) == OP_TAILCALL
          && i + 1 < code.length
          && isOfLibrary(code, isNumber, i)) {
        code[i] = (code[i] & ~0x3f) | OP_CALL;
        found = true;
      }
    }
  }

  /** Returns whether the function called at {@code at} was loaded from a global or a table. */
  private static boolean isOfLibrary(int[] code, boolean[] isNumber, int at) {
    int register = code[at] >>> 6 & 0xff;
    for (int i = at - 1; i >= 0; i--) {
      if (!isNumber[i] && (code[i] >>> 6 & 0xff) == register) {
        switch (code[i] & 0x3f) {
          case OP_GETGLOBAL, OP_GETTABLE, OP_SELF -> {
            return true;
          }
          case OP_MOVE, OP_GETUPVAL -> {
            return false;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  private static boolean[] concats(int[] code, boolean[] isNumber) {
    boolean[] is = new boolean[code.length];
    for (int i = 0; i < code.length; i++) {
      is[i] = !isNumber[i] && (code[i] & 0x3f) == OP_CONCAT;
    }
    return is;
  }

  /** Returns the first register above the operands of a CONCAT, which are the topmost in use. */
  private static int free(int concat) {
    return (concat >>> 14 & 0x1ff) + 1;
  }

  /** Returns the number of operands of a CONCAT. */
  private static int operands(int concat) {
    return (concat >>> 14 & 0x1ff) - (concat >>> 23) + 1;
  }

  /** Returns how many instructions are inserted before a CONCAT. */
  private static int before(int concat) {
    return operands(concat) > 2 ? INSERTED : 0;
  }

  /**
   * Rewrites the instructions. Of the inserted constants, {@code first} and the next one are the
   * names; the numbers from 1 on follow.
   */
  private static int[] moved(
      int[] code, boolean[] isNumber, boolean[] isConcat, int[] newPlace, int first) {
    int[] result = new int[newPlace[code.length]];
    for (int i = 0; i < code.length; i++) {
      int word = code[i];
      int operation = word & 0x3f;
      int at = newPlace[i];
      if (!isNumber[i]
          && (operation == OP_JMP || operation == OP_FORLOOP || operation == OP_FORPREP)) {
        int target = i + 1 + (word >>> 14) - JUMP_BIAS;
        word = (word & 0x3fff) | (newPlace[target] - at - 1 + JUMP_BIAS) << 14;
      }
      if (isConcat[i]) {
        int free = free(word);
        int call = OP_CALL | free << 6 | 1 << 14 | 2 << 23;
        if (before(word) > 0) {
          result[at++] = OP_GETGLOBAL | free << 6 | (first + 1) << 14;
          result[at++] = OP_LOADK | (free + 1) << 6 | (first + 1 + operands(word)) << 14;
          result[at++] = call;
        }
        result[at + 1] = OP_GETGLOBAL | free << 6 | first << 14;
        result[at + 2] = OP_MOVE | (free + 1) << 6 | (word >>> 6 & 0xff) << 23;
        result[at + 3] = call;
      }
      result[at] = word;
    }
    return result;
  }

  private void lines(int[] code, boolean[] isConcat, boolean changes) {
    int[] lines = ints();
    if (!changes || lines.length == 0) {
      ints(lines);
      return;
    }
    int[] result = new int[lines.length * (1 + 2 * INSERTED)];
    int length = 0;
    for (int i = 0; i < lines.length; i++) {
      int times = isConcat[i] ? before(code[i]) + 1 + INSERTED : 1;
      Arrays.fill(result, length, length + times, lines[i]);
      length += times;
    }
    ints(Arrays.copyOf(result, length));
  }

  private void locals(int[] newPlace) {
    int count = in.getInt();
    room(4).putInt(count);
    for (int i = 0; i < count; i++) {
      string();
      room(8).putInt(newPlace[in.getInt()]).putInt(newPlace[in.getInt()]);
    }
  }

  // ---- pieces of the layout

  private int[] ints() {
    int[] all = new int[in.getInt()];
    for (int i = 0; i < all.length; i++) {
      all[i] = in.getInt();
    }
    return all;
  }

  private void ints(int[] all) {
    room(4 + 4 * all.length).putInt(all.length);
    for (int each : all) {
      out.putInt(each);
    }
  }

  private void constant(byte[] text) {
    room(1 + 8 + text.length + 1)
        .put((byte) 4)
        .putLong(text.length + 1L)
        .put(text)
        .put((byte) 0);
  }

  private void string() {
    long length = in.getLong(in.position());
    copy(8 + (int) length);
  }

  private void skipConstants() {
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      switch (in.get()) {
        case 0 -> {}
        case 1 -> in.get();
        case 3 -> in.getLong();
        case 4 -> {
          int length = (int) in.getLong();
          in.position(in.position() + length);
        }
        default -> throw new IllegalStateException("unknown constant");
      }
    }
  }

  private void copy(int length) {
    ByteBuffer slice = in.duplicate();
    slice.limit(in.position() + length);
    room(length).put(slice);
    in.position(in.position() + length);
  }

  private ByteBuffer room(int length) {
    if (out.remaining() < length) {
      ByteBuffer larger = newBuffer(2 * (out.position() + length));
      out = larger.put(out.flip());
    }
    return out;
  }

  private static ByteBuffer newBuffer(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
