package pika.server.config;

/** How RocksDB compresses blocks of tables and blob files. */
public enum Compression {
  NONE,
  SNAPPY,
  ZLIB,
  LZ4,
  ZSTD
}
