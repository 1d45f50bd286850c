package pika.storage.rank;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows in memory; counts what is read, because that is what a directory saves. */
final class MapOfRows implements NumberedRows.Bytes {
  final Map<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
  int reads;

  @Override
  public byte @Nullable [] get(byte[] row) {
    reads++;
    return rows.get(row);
  }

  @Override
  public void put(byte[] row, byte[] value) {
    rows.put(row, value);
  }

  @Override
  public void delete(byte[] row) {
    rows.remove(row);
  }
}
