package pika.storage.rocks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import pika.storage.ScratchDirectory;
import pika.storage.Timed;

/**
 * The cost of passing a batch to RocksDB, short of writing it: as a whole, or with one native call
 * per change.
 */
public class BatchBenchmark extends Timed {
  private static final int VALUE_BYTES = 100;

  @Param({"1", "10", "100"})
  private int changes;

  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final List<byte[]> keys = new ArrayList<>();
  private final byte[] value = new byte[VALUE_BYTES];
  private Path directory;
  private DBOptions options;
  private RocksDB db;
  private ColumnFamilyHandle records;
  private Batch batch;

  @Setup
  public void open() throws IOException, RocksDBException {
    RocksDB.loadLibrary();
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (Column column : Column.values()) {
      families.add(new ColumnFamilyDescriptor(column.familyName().getBytes(US_ASCII)));
    }
    directory = ScratchDirectory.create();
    options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
    db = RocksDB.open(options, directory.toString(), families, handles);
    records = handles.get(Column.RECORD.index());
    batch = new Batch(
        handles.toArray(ColumnFamilyHandle[]::new),
        handles.stream().mapToInt(ColumnFamilyHandle::getID).toArray());
    new Random(1).nextBytes(value);
    for (int i = 0; i < changes; i++) {
      keys.add(String.format("key:%012d", i).getBytes(US_ASCII));
    }
  }

  @TearDown
  public void close() throws IOException {
    handles.forEach(ColumnFamilyHandle::close);
    db.close();
    options.close();
    ScratchDirectory.delete(directory);
  }

  /** As {@link Rocks#write} does. */
  @Benchmark
  public long inOnePiece() {
    batch.clear();
    for (byte[] key : keys) {
      batch.put(Column.RECORD, key, value);
    }
    try (WriteBatch nativeBatch = new WriteBatch(batch.representation())) {
      return nativeBatch.getDataSize();
    }
  }

  @Benchmark
  public long inOneCallEach() throws RocksDBException {
    try (WriteBatch nativeBatch = new WriteBatch()) {
      for (byte[] key : keys) {
        nativeBatch.put(records, key, value);
      }
      return nativeBatch.getDataSize();
    }
  }
}
