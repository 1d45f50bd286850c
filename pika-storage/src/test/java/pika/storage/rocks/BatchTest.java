package pika.storage.rocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import pika.storage.bytes.KeyRange;

class BatchTest {
  @TempDir
  Path directory;

  @Test
  void isWrittenAsRocksDbItselfWritesIt() throws Exception {
    RocksDB.loadLibrary();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        RocksDB db = RocksDB.open(options, directory.toString(), families(), handles);
        WriteBatch expected = new WriteBatch()) {
      byte[] large = new byte[300];
      expected.put(handles.get(0), bytes("meta"), bytes("fact"));
      expected.put(handles.get(1), bytes("key"), large);
      expected.delete(handles.get(1), bytes("gone"));
      expected.merge(handles.get(0), bytes("count"), new byte[] {-2, -1, -1, -1, -1, -1, -1, -1});
      expected.deleteRange(handles.get(2), bytes("a"), bytes("b"));
      expected.delete(handles.get(0), bytes("old"));
      expected.put(handles.get(5), bytes(""), bytes(""));

      Batch batch = batch(handles);
      batch.put(Column.META, bytes("meta"), bytes("fact"));
      batch.put(Column.RECORD, bytes("key"), large);
      batch.delete(Column.RECORD, bytes("gone"));
      batch.add(Column.META, bytes("count"), -2);
      batch.deleteRange(Column.ROW, new KeyRange(bytes("a"), bytes("b")));
      batch.delete(Column.META, bytes("old"));
      batch.put(Column.GARBAGE, bytes(""), bytes(""));

      assertThat(batch.representation()).isEqualTo(expected.data());
      assertThat(batch.count()).isEqualTo(expected.count());
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  @Test
  void isTheSameWhenItIsLarge() throws Exception {
    RocksDB.loadLibrary();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        RocksDB db = RocksDB.open(options, directory.toString(), families(), handles);
        WriteBatch expected = new WriteBatch()) {
      byte[] large = new byte[5 << 20];
      byte[] framed = new byte[large.length + 2];
      Batch batch = batch(handles);
      for (int i = 0; i < 3; i++) {
        expected.put(handles.get(1), bytes("key" + i), large);
        expected.delete(handles.get(1), bytes("gone"));
        expected.merge(handles.get(0), bytes("count"), new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
        expected.deleteRange(handles.get(2), bytes("a"), bytes("b"));
        batch.put(Column.RECORD, bytes("key" + i), framed, 1, large.length);
        batch.delete(Column.RECORD, bytes("gone"));
        batch.add(Column.META, bytes("count"), 7);
        batch.deleteRange(Column.ROW, new KeyRange(bytes("a"), bytes("b")));
      }

      assertThat(batch.count()).isEqualTo(expected.count());
      try (WriteBatch taken = batch.take()) {
        assertThat(taken.count()).isEqualTo(expected.count());
        assertThat(Arrays.equals(taken.data(), expected.data())).isTrue();
      }
      batch.clear();
      assertThat(batch.isEmpty()).isTrue();
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  @Test
  void canBeUsedAgainAfterClear() {
    Batch batch = new Batch(new ColumnFamilyHandle[0], new int[] {0, 1, 2, 3, 4, 5});
    batch.put(Column.RECORD, bytes("a"), new byte[2 << 20]);

    batch.clear();

    assertThat(batch.isEmpty()).isTrue();
    assertThat(batch.count()).isZero();
    assertThat(batch.representation()).containsOnly(0).hasSize(12);
  }

  private static Batch batch(List<ColumnFamilyHandle> handles) {
    return new Batch(
        handles.toArray(ColumnFamilyHandle[]::new),
        handles.stream().mapToInt(ColumnFamilyHandle::getID).toArray());
  }

  private static List<ColumnFamilyDescriptor> families() {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (Column column : Column.values()) {
      families.add(new ColumnFamilyDescriptor(bytes(column.familyName())));
    }
    return families;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
