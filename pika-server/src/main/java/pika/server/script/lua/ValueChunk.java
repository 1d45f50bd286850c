package pika.server.script.lua;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one value, with everything in it, as a precompiled Lua function that returns it: binary
 * strings and whole trees of tables cross into native code in one step. Lua has no other way to
 * take bytes from Java, and each small step costs as much as a few dozen instructions of this
 * function.
 *
 * <p>Build one value, push it with {@link LuaStack#push(ValueChunk)}, then build the next:
 *
 * <pre>
 *   value  = nil | bool | number | string | table
 *   table  = beginTable element* field* endTable
 *   field  = beginField value(string or number) value(not nil)
 * </pre>
 *
 * <p>The layout is that of Lua 5.1's {@code lundump}:
 *
 * <pre>
 *   header(12) function
 *   function = source(size_t 0) line(int) lastLine(int) upvalues(1) params(1) vararg(1) stackSize(1)
 *              int instruction(4)*   int constant*   int function*   int 0  int 0  int 0
 *   constant = 1 bool(1) | 3 double(8) | 4 size_t bytes NUL
 * </pre>
 *
 * <p>Small tables are built in place, others in functions of their own, so that no function runs
 * out of registers (250) or constants (262,144). Confined to the interpreter's thread.
 */
public final class ValueChunk {
  // Instructions: operation in 6 bits, A in 8, C in 9, B in 9, or Bx in 18.
  private static final int OP_MOVE = 0;
  private static final int OP_LOADK = 1;
  private static final int OP_LOADBOOL = 2;
  private static final int OP_LOADNIL = 3;
  private static final int OP_SETTABLE = 9;
  private static final int OP_NEWTABLE = 10;
  private static final int OP_CALL = 28;
  private static final int OP_RETURN = 30;
  private static final int OP_SETLIST = 34;
  private static final int OP_CLOSURE = 36;

  /** Elements per SETLIST, which numbers them in batches of this size. */
  private static final int PORTION = 50;
  /** The highest batch number that fits SETLIST; beyond that it is in the next word. */
  private static final int PORTIONS = 511;
  /** A table nested this deep in registers gets a function of its own. */
  private static final int INLINE_REGISTERS = 120;

  private static final int INLINE_ELEMENTS = 16;
  /** Constants per function; then the elements of a table continue in another one. */
  private static final int FUNCTION_CONSTANTS = 20_000;
  /** Lua refuses functions nested deeper than about 200. */
  private static final int MAX_NESTING = 190;

  private static final int INITIAL_BYTES = 16 * 1024;
  /** A larger buffer is not kept. */
  private static final int KEPT_BYTES = 1 << 20;

  /** Placeholder for a number among the strings. */
  private static final byte[] NUMBER = new byte[0];

  private static final byte[] HEADER = {0x1b, 'L', 'u', 'a', 0x51, 0, 1, 4, 8, 4, 8, 0};

  private ByteBuffer buffer = newBuffer(INITIAL_BYTES);
  private final Deque<Function> functions = new ArrayDeque<>();
  private @Nullable Function spare;
  private Function current = new Function();

  // ---- building the value

  public void nil() {
    current.emit(OP_LOADNIL, current.free, current.free, 0);
    current.took();
  }

  public void bool(boolean value) {
    current.emit(OP_LOADBOOL, current.free, value ? 1 : 0, 0);
    current.took();
  }

  public void number(double value) {
    constant(NUMBER, 0, 0, value);
  }

  public void string(byte[] bytes) {
    string(bytes, 0, bytes.length);
  }

  /**
   * Appends a string without copying its bytes, which must stay unchanged until the value is
   * pushed.
   */
  public void string(byte[] bytes, int offset, int length) {
    constant(bytes, offset, length, 0);
  }

  public void string(String latin1) {
    string(latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  /** Begins a table with about this many elements and fields; the elements come first. */
  public void beginTable(int elements, int fields) {
    makeRoom();
    if (current.free > INLINE_REGISTERS
        || (elements + fields > INLINE_ELEMENTS && !current.tables.isEmpty())
        || current.constants() >= FUNCTION_CONSTANTS) {
      enter(false);
    }
    current.emit(OP_NEWTABLE, current.free, sizeCode(elements), sizeCode(fields));
    current.tables.push(new Table(current.free));
    current.free++;
    current.reach();
  }

  /** Begins a field: the next two values are its key and its value. */
  public void beginField() {
    Table table = current.table();
    current.flush(table);
    table.fieldPart = 1;
  }

  public void endTable() {
    Table table = current.table();
    current.flush(table);
    while (current.continuesTable() && current.tables.size() == 1) {
      leave();
    }
    Table ended = current.tables.pop();
    current.free = ended.register;
    if (current.isOneTable && current.tables.isEmpty()) {
      current.free++;
      leave();
    } else {
      current.took();
    }
  }

  // ---- its pieces

  private static final class Table {
    final int register;
    int elements;
    int pending;
    /** 0 while adding elements, 1 before a key, 2 before its value. */
    int fieldPart;

    Table(int register) {
      this.register = register;
    }
  }

  private static final class Function {
    int[] code = new int[64];
    int length;
    byte[][] strings = new byte[16][];
    long[] details = new long[16];
    int constantCount;
    final List<Function> children = new ArrayList<>(0);
    final Deque<Table> tables = new ArrayDeque<>();
    int free;
    int registers = 2;
    /**
     * Whether this function builds and returns a table; otherwise it continues one it is passed, or
     * is the chunk itself.
     */
    boolean isOneTable;

    boolean goesOn;

    void emit(int operation, int a, int b, int c) {
      word(operation | a << 6 | c << 14 | b << 23);
    }

    void emit(int operation, int a, int bx) {
      word(operation | a << 6 | bx << 14);
    }

    void word(int instruction) {
      if (length == code.length) {
        code = Arrays.copyOf(code, 2 * length);
      }
      code[length++] = instruction;
    }

    int constants() {
      return constantCount + children.size();
    }

    boolean continuesTable() {
      return goesOn;
    }

    Table table() {
      return requireNonNull(tables.peek());
    }

    void reach() {
      registers = Math.max(registers, free + 2);
    }

    /** Assigns the value in the first free register to the innermost table. */
    void took() {
      free++;
      reach();
      Table table = tables.peek();
      if (table == null) {
        return;
      }
      if (table.fieldPart == 0) {
        table.pending++;
        if (table.pending == PORTION) {
          flush(table);
        }
      } else if (table.fieldPart == 1) {
        table.fieldPart = 2;
      } else {
        emit(OP_SETTABLE, table.register, table.register + 1, table.register + 2);
        free = table.register + 1;
        table.fieldPart = 1;
      }
    }

    void flush(Table table) {
      if (table.pending == 0) {
        return;
      }
      int portion = table.elements / PORTION + 1;
      if (portion <= PORTIONS) {
        emit(OP_SETLIST, table.register, table.pending, portion);
      } else {
        emit(OP_SETLIST, table.register, table.pending, 0);
        word(portion);
      }
      table.elements += table.pending;
      table.pending = 0;
      free = table.register + 1;
    }
  }

  private void constant(byte[] bytes, int offset, int length, double number) {
    makeRoom();
    Function function = current;
    int index = function.constantCount;
    if (index == function.strings.length) {
      function.strings = Arrays.copyOf(function.strings, 2 * index);
      function.details = Arrays.copyOf(function.details, 2 * index);
    }
    function.strings[index] = bytes;
    function.details[index] =
        bytes == NUMBER ? Double.doubleToRawLongBits(number) : (long) offset << 32 | length;
    function.constantCount++;
    function.emit(OP_LOADK, function.free, index);
    function.took();
  }

  /** Continues the innermost table in another function if this one has too many constants. */
  private void makeRoom() {
    Table table = current.tables.peek();
    if (current.constants() < FUNCTION_CONSTANTS
        || table == null
        || table.pending > 0
        || table.fieldPart == 2) {
      return;
    }
    enter(true);
    Table same = new Table(0);
    same.elements = table.elements;
    same.fieldPart = table.fieldPart;
    current.tables.push(same);
    current.free = 1;
    current.reach();
  }

  private void enter(boolean goesOn) {
    if (functions.size() >= MAX_NESTING) {
      reset();
      throw LuaError.plain("value is nested too deeply");
    }
    functions.push(current);
    Function child = new Function();
    child.isOneTable = !goesOn;
    child.goesOn = goesOn;
    current.children.add(child);
    current = child;
  }

  /** Completes the current function and makes its parent call it. */
  private void leave() {
    Function child = current;
    child.emit(OP_RETURN, 0, child.isOneTable ? 2 : 1, 0);
    child.emit(OP_RETURN, 0, 1, 0);
    current = functions.pop();
    current.emit(OP_CLOSURE, current.free, current.children.size() - 1);
    if (child.goesOn) {
      current.registers = Math.max(current.registers, current.free + 3);
      current.emit(OP_MOVE, current.free + 1, current.table().register, 0);
      current.emit(OP_CALL, current.free, 2, 1);
    } else {
      current.emit(OP_CALL, current.free, 1, 2);
      current.took();
    }
  }

  /** Returns Lua's "floating point byte" for a table size, rounded up. */
  private static int sizeCode(int size) {
    int exponent = 0;
    int mantissa = size;
    while (mantissa >= 16) {
      mantissa = (mantissa + 1) >> 1;
      exponent++;
    }
    return mantissa < 8 ? mantissa : (exponent + 1) << 3 | (mantissa - 8);
  }

  // ---- writing it down

  /** Returns the function's bytes, valid until the next value is begun. */
  ByteBuffer finish() {
    Function main = current;
    main.emit(OP_RETURN, 0, 2, 0);
    main.emit(OP_RETURN, 0, 1, 0);
    long size = HEADER.length + size(main);
    if (size > Integer.MAX_VALUE - 16) {
      reset();
      throw LuaError.plain("value is too large");
    }
    if (size > buffer.capacity()) {
      buffer =
          newBuffer((int) Math.min(Integer.MAX_VALUE - 16, Math.max(size, 2L * buffer.capacity())));
    } else if (buffer.capacity() > KEPT_BYTES && size < KEPT_BYTES) {
      buffer = newBuffer(INITIAL_BYTES);
    }
    buffer.clear();
    buffer.put(HEADER);
    put(main);
    buffer.flip();
    reset();
    return buffer;
  }

  /** Discards a value that is not needed after all. */
  public void reset() {
    functions.clear();
    Function next = spare == null ? new Function() : spare;
    Function before = current;
    // Reuses the last function, unless it has grown.
    if (before.code.length <= 1024 && before.strings.length <= 1024 && before != next) {
      clear(before);
      spare = before;
    } else {
      spare = null;
    }
    current = next;
  }

  private static void clear(Function function) {
    Arrays.fill(function.strings, 0, function.constantCount, NUMBER);
    function.length = 0;
    function.constantCount = 0;
    function.children.clear();
    function.tables.clear();
    function.free = 0;
    function.registers = 2;
    function.isOneTable = false;
    function.goesOn = false;
  }

  private static long size(Function function) {
    long size = 8 + 4 + 4 + 4 + 4 + 4L * function.length + 4 + 4 + 12;
    for (int i = 0; i < function.constantCount; i++) {
      size += function.strings[i] == NUMBER ? 9 : 1 + 8 + 1 + (int) function.details[i];
    }
    for (Function child : function.children) {
      size += size(child);
    }
    return size;
  }

  private void put(Function function) {
    buffer.putLong(0).putInt(0).putInt(0);
    buffer.put((byte) 0);
    buffer.put((byte) (function.goesOn ? 1 : 0));
    buffer.put((byte) 0);
    buffer.put((byte) function.registers);
    buffer.putInt(function.length);
    for (int i = 0; i < function.length; i++) {
      buffer.putInt(function.code[i]);
    }
    buffer.putInt(function.constantCount);
    for (int i = 0; i < function.constantCount; i++) {
      byte[] string = function.strings[i];
      long detail = function.details[i];
      if (string == NUMBER) {
        buffer.put((byte) 3).putLong(detail);
      } else {
        int length = (int) detail;
        buffer.put((byte) 4).putLong(length + 1L);
        buffer.put(string, (int) (detail >>> 32), length).put((byte) 0);
      }
    }
    buffer.putInt(function.children.size());
    for (Function child : function.children) {
      put(child);
    }
    buffer.putInt(0).putInt(0).putInt(0);
  }

  private static ByteBuffer newBuffer(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
