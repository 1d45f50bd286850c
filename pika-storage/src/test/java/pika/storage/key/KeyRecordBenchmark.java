package pika.storage.key;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import pika.storage.Timed;

/** The cost of encoding and decoding a record. */
public class KeyRecordBenchmark extends Timed {
  private static final long DEADLINE_MS = 2_000_000_000_000L;

  @Param({"16", "100", "4000"})
  private int payloadBytes;

  private byte[] payload;
  private KeyRecord record;
  private byte[] bytes;
  private byte[] bytesWithExpiry;
  private byte[] bytesWithRows;

  @Setup
  public void make() {
    payload = new byte[payloadBytes];
    new Random(1).nextBytes(payload);
    record = KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, payload);
    bytes = record.bytes();
    bytesWithExpiry = record.withExpiry(DEADLINE_MS).bytes();
    KeyRecord.RowsId rows = new KeyRecord.RowsId(9, null);
    bytesWithRows = KeyRecord.of(DataType.HASH, 1, DEADLINE_MS, rows, payload).bytes();
  }

  @Benchmark
  public KeyRecord encode() {
    return KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, payload);
  }

  @Benchmark
  public KeyRecord encodeWithExpiry() {
    return KeyRecord.of(DataType.STRING, 0, DEADLINE_MS, payload);
  }

  @Benchmark
  public KeyRecord changeExpiry() {
    return record.withExpiry(DEADLINE_MS);
  }

  @Benchmark
  public KeyRecord decode() {
    return KeyRecord.decode(bytes);
  }

  @Benchmark
  public KeyRecord decodeWithExpiry() {
    return KeyRecord.decode(bytesWithExpiry);
  }

  @Benchmark
  public KeyRecord decodeWithRows() {
    return KeyRecord.decode(bytesWithRows);
  }
}
