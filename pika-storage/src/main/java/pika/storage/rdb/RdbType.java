package pika.storage.rdb;

import org.jspecify.annotations.Nullable;
import pika.storage.key.DataType;

/** The encodings of values, with Redis' numbers, which are their first byte. */
enum RdbType {
  STRING(0, DataType.STRING),
  LIST(1, DataType.LIST),
  SET(2, DataType.SET),
  /** Scores as text. */
  ZSET(3, DataType.ZSET),
  HASH(4, DataType.HASH),
  /** Scores in eight bytes. */
  ZSET_2(5, DataType.ZSET),
  HASH_ZIPMAP(9, DataType.HASH),
  LIST_ZIPLIST(10, DataType.LIST),
  SET_INTSET(11, DataType.SET),
  ZSET_ZIPLIST(12, DataType.ZSET),
  HASH_ZIPLIST(13, DataType.HASH),
  LIST_QUICKLIST(14, DataType.LIST),
  STREAM_LISTPACKS(15, DataType.STREAM),
  HASH_LISTPACK(16, DataType.HASH),
  ZSET_LISTPACK(17, DataType.ZSET),
  LIST_QUICKLIST_2(18, DataType.LIST),
  STREAM_LISTPACKS_2(19, DataType.STREAM),
  SET_LISTPACK(20, DataType.SET),
  STREAM_LISTPACKS_3(21, DataType.STREAM),
  /** With a deadline for each field: release candidates of 7.4. */
  HASH_METADATA_EARLY(22, DataType.HASH),
  HASH_LISTPACK_EX_EARLY(23, DataType.HASH),
  /** With a deadline for each field: 7.4. */
  HASH_METADATA(24, DataType.HASH),
  HASH_LISTPACK_EX(25, DataType.HASH);

  private static final @Nullable RdbType[] BY_CODE = new RdbType[26];

  static {
    for (RdbType type : values()) {
      BY_CODE[type.code] = type;
    }
  }

  private final int code;
  private final DataType dataType;

  RdbType(int code, DataType dataType) {
    this.code = code;
    this.dataType = dataType;
  }

  int code() {
    return code;
  }

  /** Returns the type of the value. */
  DataType dataType() {
    return dataType;
  }

  static RdbType of(int code) {
    RdbType type = code < BY_CODE.length ? BY_CODE[code] : null;
    if (type == null) {
      throw new RdbException("value of an unknown form");
    }
    return type;
  }
}
