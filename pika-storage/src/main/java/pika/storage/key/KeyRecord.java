package pika.storage.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.Slice;
import pika.storage.rocks.StorageException;

/**
 * The record of a key: a plain value or packed collection as a whole, or the header of a large
 * value stored in rows.
 *
 * <pre>
 * record  := version-and-type:u8 encoding:u8 flags:u8 [expire-at-ms:u64] [stamp:u64] [parts-due-ms:u64] [rows] payload
 * version-and-type := format version (upper four bits, now 1), data type (lower four bits)
 * flags   := 0x01 EXPIRES: expire-at-ms is present
 *            0x02 STAMPED: stamp is present (reserved for conflict resolution between writable replicas)
 *            0x04 ROWS:    rows is present: the value is stored in rows
 *            0x08 MOVED:   the rows are stored under another name than the record's (see home)
 *            0x10 PARTS:   parts-due-ms is present: parts of the value expire on their own, none earlier than that
 * rows    := version:u64 [length:u32 home:byte*]        home only with MOVED
 * </pre>
 *
 * <p>{@code encoding} and {@code payload} are defined by the data type. Immutable except for the
 * access time, which is written without synchronization because it only feeds OBJECT IDLETIME, and
 * for a {@linkplain LatePayload late} payload, which is complete before the record leaves its unit
 * of work. The record cache may hand out copies.
 */
public final class KeyRecord {
  /** The deadline of a record that never expires. */
  public static final long NEVER = -1;

  /** The access time of a record not used since it was read from RocksDB. */
  static final int NEVER_ACCESSED = 0;

  private static final int FORMAT_VERSION = 1;
  private static final int HEAD_BYTES = 3;
  private static final int EXPIRES = 0x01;
  private static final int STAMPED = 0x02;
  private static final int ROWS = 0x04;
  private static final int MOVED = 0x08;
  private static final int PARTS = 0x10;
  private static final int KNOWN_FLAGS = EXPIRES | STAMPED | ROWS | MOVED | PARTS;

  /** Without the payload while that is late. */
  private byte[] bytes;

  private final DataType type;
  private final int payloadOffset;
  private final long expireAtMs;
  private final long partsDueMs;
  private int accessedAtS;
  private @Nullable LatePayload late;
  private int lateVersion;

  private KeyRecord(
      byte[] bytes, DataType type, int payloadOffset, long expireAtMs, long partsDueMs) {
    this.bytes = bytes;
    this.type = type;
    this.payloadOffset = payloadOffset;
    this.expireAtMs = expireAtMs;
    this.partsDueMs = partsDueMs;
  }

  /** Returns a record without rows. The payload is copied. */
  public static KeyRecord of(DataType type, int encoding, long expireAtMs, byte[] payload) {
    return of(type, encoding, expireAtMs, Slice.of(payload));
  }

  /** Returns a record without rows. The payload is copied. */
  public static KeyRecord of(DataType type, int encoding, long expireAtMs, Slice payload) {
    return of(type, encoding, expireAtMs, NEVER, null, payload);
  }

  /** Returns the header of a value that has rows. */
  static KeyRecord of(
      DataType type, int encoding, long expireAtMs, @Nullable RowsId rows, byte[] payload) {
    return of(type, encoding, expireAtMs, NEVER, rows, Slice.of(payload));
  }

  /** Returns the header of a value that has rows; its payload stands for the present state. */
  static KeyRecord late(
      DataType type, int encoding, long expireAtMs, RowsId rows, LatePayload payload) {
    KeyRecord record = of(type, encoding, expireAtMs, NEVER, rows, Slice.empty());
    record.late = payload;
    record.lateVersion = payload.version();
    return record;
  }

  /** Returns what encodes the payload; null when it is encoded. */
  public @Nullable LatePayload late() {
    return late;
  }

  /** Encodes a late payload for good: the record can leave its unit of work. */
  void complete() {
    if (late != null) {
      bytes = withLatePayload(late);
      late = null;
    }
  }

  private static KeyRecord of(
      DataType type,
      int encoding,
      long expireAtMs,
      long partsDueMs,
      @Nullable RowsId rows,
      Slice payload) {
    int flags = (expireAtMs == NEVER ? 0 : EXPIRES)
        | (partsDueMs == NEVER ? 0 : PARTS)
        | (rows == null ? 0 : ROWS)
        | (rows == null || rows.home() == null ? 0 : MOVED);
    int rowsOffset = rowsOffset(flags);
    int offset = rowsOffset + sizeBytes(rows);
    byte[] bytes = new byte[offset + payload.length()];
    bytes[0] = (byte) (FORMAT_VERSION << 4 | type.id());
    bytes[1] = (byte) encoding;
    bytes[2] = (byte) flags;
    if (expireAtMs != NEVER) {
      BigEndian.putLong(bytes, HEAD_BYTES, expireAtMs);
    }
    if (partsDueMs != NEVER) {
      BigEndian.putLong(bytes, rowsOffset - Long.BYTES, partsDueMs);
    }
    if (rows != null) {
      putRows(bytes, rowsOffset, rows);
    }
    System.arraycopy(payload.array(), payload.offset(), bytes, offset, payload.length());
    return new KeyRecord(bytes, type, offset, expireAtMs, partsDueMs);
  }

  private static int sizeBytes(@Nullable RowsId rows) {
    if (rows == null) {
      return 0;
    }
    return Long.BYTES + (rows.home() == null ? 0 : Integer.BYTES + rows.home().length);
  }

  private Slice payloadInPlace() {
    byte[] whole = bytes();
    return new Slice(whole, payloadOffset, whole.length - payloadOffset);
  }

  private static void putRows(byte[] bytes, int offset, RowsId rows) {
    BigEndian.putLong(bytes, offset, rows.version());
    byte[] home = rows.home();
    if (home != null) {
      BigEndian.putInt(bytes, offset + Long.BYTES, home.length);
      System.arraycopy(home, 0, bytes, offset + Long.BYTES + Integer.BYTES, home.length);
    }
  }

  /**
   * Decodes a record; {@code bytes} must not be changed afterwards.
   *
   * @throws StorageException if the bytes are not a valid record
   */
  public static KeyRecord decode(byte[] bytes) {
    if (bytes.length < HEAD_BYTES || bytes[0] >>> 4 != FORMAT_VERSION) {
      throw new StorageException("damaged record: unknown format");
    }
    int flags = bytes[2];
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new StorageException(
          "damaged record: unknown flags " + Integer.toHexString(flags & 0xff));
    }
    int payloadOffset = rowsOffset(flags) + ((flags & ROWS) != 0 ? Long.BYTES : 0);
    if ((flags & MOVED) != 0) {
      payloadOffset += Integer.BYTES;
      require(payloadOffset <= bytes.length);
      int homeLength = BigEndian.takeInt(bytes, payloadOffset - Integer.BYTES);
      require(homeLength >= 0 && homeLength <= bytes.length - payloadOffset);
      payloadOffset += homeLength;
    }
    require(payloadOffset <= bytes.length);
    long expireAtMs = (flags & EXPIRES) == 0 ? NEVER : BigEndian.takeLong(bytes, HEAD_BYTES);
    long partsDueMs =
        (flags & PARTS) == 0 ? NEVER : BigEndian.takeLong(bytes, rowsOffset(flags) - Long.BYTES);
    DataType type = DataType.ofId(bytes[0] & 0x0f);
    return new KeyRecord(bytes, type, payloadOffset, expireAtMs, partsDueMs);
  }

  private static int rowsOffset(int flags) {
    return HEAD_BYTES
        + ((flags & EXPIRES) != 0 ? Long.BYTES : 0)
        + ((flags & STAMPED) != 0 ? Long.BYTES : 0)
        + ((flags & PARTS) != 0 ? Long.BYTES : 0);
  }

  private static void require(boolean whole) {
    if (!whole) {
      throw new StorageException("damaged record: truncated");
    }
  }

  /** Returns the encoded record. Not a copy. */
  byte[] bytes() {
    return late == null ? bytes : withLatePayload(late);
  }

  private byte[] withLatePayload(LatePayload last) {
    byte[] payload = last.encode(lateVersion);
    byte[] whole = Arrays.copyOf(bytes, payloadOffset + payload.length);
    System.arraycopy(payload, 0, whole, payloadOffset, payload.length);
    return whole;
  }

  /** Returns the data type. */
  public DataType type() {
    return type;
  }

  /** Returns the encoding number, which the data type defines. */
  public int encoding() {
    return bytes[1];
  }

  /**
   * Returns the array that holds the payload, from {@link #payloadOffset()} to its end. It must not
   * be changed.
   */
  public byte[] array() {
    return bytes();
  }

  /** Returns where the payload starts in {@link #array()}. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Returns the length of the payload in bytes. */
  public int payloadLength() {
    return bytes().length - payloadOffset;
  }

  /** Returns a copy of the payload. */
  public byte[] payload() {
    byte[] whole = bytes();
    return Arrays.copyOfRange(whole, payloadOffset, whole.length);
  }

  /** Returns when it expires, in milliseconds since 1970, or {@link #NEVER}. */
  public long expireAtMs() {
    return expireAtMs;
  }

  /** Returns whether it has expired at {@code nowMs}. */
  public boolean isExpired(long nowMs) {
    return expireAtMs != NEVER && expireAtMs <= nowMs;
  }

  /**
   * Returns a time before which no part of the value expires, in milliseconds since 1970, or
   * {@link #NEVER}. After that time, the value may contain expired parts that nothing has removed
   * yet.
   */
  public long partsDueMs() {
    return partsDueMs;
  }

  /** Returns when the sweeper has to look at it: when it expires, or when a part of it may. */
  long dueMs() {
    if (expireAtMs == NEVER || partsDueMs == NEVER) {
      return Math.max(expireAtMs, partsDueMs);
    }
    return Math.min(expireAtMs, partsDueMs);
  }

  /** Returns whether the value is stored in rows. */
  public boolean hasRows() {
    return (bytes[2] & ROWS) != 0;
  }

  /** Returns which rows belong to it; null when it has none. */
  @Nullable
  RowsId rows() {
    if (!hasRows()) {
      return null;
    }
    int offset = rowsOffset(bytes[2]);
    long version = BigEndian.takeLong(bytes, offset);
    int homeOffset = offset + Long.BYTES + Integer.BYTES;
    byte[] home =
        (bytes[2] & MOVED) == 0 ? null : Arrays.copyOfRange(bytes, homeOffset, payloadOffset);
    return new RowsId(version, home);
  }

  /** Returns the version of its rows; 0, which no rows have, when it has none. */
  long rowsVersion() {
    return hasRows() ? BigEndian.takeLong(bytes, rowsOffset(bytes[2])) : 0;
  }

  /** Returns the same value with another deadline. */
  public KeyRecord withExpiry(long newExpireAtMs) {
    if (newExpireAtMs == expireAtMs) {
      return this;
    }
    KeyRecord changed = of(type, encoding(), newExpireAtMs, partsDueMs, rows(), payloadInPlace());
    changed.accessedAtS = accessedAtS;
    return changed;
  }

  /** Returns the same value with another {@link #partsDueMs}. */
  public KeyRecord withPartsDue(long newPartsDueMs) {
    return newPartsDueMs == partsDueMs
        ? this
        : of(type, encoding(), expireAtMs, newPartsDueMs, rows(), payloadInPlace());
  }

  /** Returns the same header with another payload. */
  public KeyRecord withPayload(byte[] payload) {
    return of(type, encoding(), expireAtMs, partsDueMs, rows(), Slice.of(payload));
  }

  /** Returns the same header for rows stored elsewhere. */
  KeyRecord withRows(RowsId rows) {
    return of(type, encoding(), expireAtMs, partsDueMs, rows, payloadInPlace());
  }

  /**
   * Returns when it was last used, in seconds since 1970, or {@link #NEVER_ACCESSED} when unknown.
   */
  public int accessedAtS() {
    return accessedAtS;
  }

  void accessedAtS(int seconds) {
    accessedAtS = seconds;
  }

  /**
   * Identifies the rows of one large value.
   *
   * @param version unique in the store; a value that is created anew gets a new one
   * @param home the key the rows were created under; null when that is the record's own
   */
  record RowsId(long version, byte @Nullable [] home) {}
}
