package pika.storage.string;

import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/** The encodings of a string. The ids are on disk: never renumber, never reuse one. */
public enum StringEncoding {
  /** Inline, as a command stored it. */
  PLAIN(0),
  /** Inline, changed in place since. */
  RAW(1),
  /** In chunks, each a row; the record is a header. */
  CHUNKED(2),
  /** Inline, the result of floating-point arithmetic. */
  TEXT(3);

  /** Redis embeds a string of this size in the object; a longer one is raw. */
  private static final int EMBEDDED_BYTES = 44;

  /** Redis shares numbers with up to this many digits. */
  private static final int SHARED_DIGITS = 4;

  private static final StringEncoding[] BY_ID = values();

  private final int id;

  StringEncoding(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  static StringEncoding of(KeyRecord record) {
    int id = record.encoding();
    if (id < 0 || id >= BY_ID.length) {
      throw new StorageException("damaged string: unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** Returns the length of a string in bytes; reads only its record. */
  public static long size(KeyRecord record) {
    return StringFormat.length(record);
  }

  /** Returns the name that OBJECT ENCODING reports: {@code int}, {@code embstr} or {@code raw}. */
  public static String redisName(KeyRecord record) {
    return switch (of(record)) {
      case RAW, CHUNKED -> "raw";
      case TEXT -> embeddedOrRaw(record);
      case PLAIN -> isInteger(record) ? "int" : embeddedOrRaw(record);
    };
  }

  /** Returns whether Redis would store it in the form that can be changed in place. */
  public static boolean isRaw(KeyRecord record) {
    return redisName(record).equals("raw");
  }

  /**
   * Returns whether Redis has one shared object for all keys with this value, as for small numbers.
   */
  public static boolean isShared(KeyRecord record) {
    return redisName(record).equals("int")
        && record.payloadLength() <= SHARED_DIGITS
        && record.array()[record.payloadOffset()] != '-';
  }

  private static boolean isInteger(KeyRecord record) {
    return IntegerText.isInteger(record.array(), record.payloadOffset(), record.payloadLength());
  }

  private static String embeddedOrRaw(KeyRecord record) {
    return record.payloadLength() <= EMBEDDED_BYTES ? "embstr" : "raw";
  }
}
