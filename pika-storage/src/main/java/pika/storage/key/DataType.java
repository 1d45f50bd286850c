package pika.storage.key;

/** The data types. The ids are on disk: never renumber, never reuse one. */
public enum DataType {
  /** A byte string: SET, APPEND, SETBIT ... */
  STRING(1, "string"),
  /** A list of byte strings. */
  LIST(2, "list"),
  /** A set of byte strings. */
  SET(3, "set"),
  /** A set ordered by score. */
  ZSET(4, "zset"),
  /** A map of fields. */
  HASH(5, "hash"),
  /** An append-only log of entries. */
  STREAM(6, "stream");

  private static final DataType[] BY_ID = new DataType[16];

  static {
    for (DataType type : values()) {
      BY_ID[type.id] = type;
    }
  }

  private final int id;
  private final String redisName;

  DataType(int id, String redisName) {
    this.id = id;
    this.redisName = redisName;
  }

  /** Returns the type's name as TYPE reports it. */
  public String redisName() {
    return redisName;
  }

  int id() {
    return id;
  }

  static DataType ofId(int id) {
    DataType type = BY_ID[id & 0x0f];
    if (type == null) {
      throw new pika.storage.rocks.StorageException("damaged record: unknown type " + id);
    }
    return type;
  }
}
