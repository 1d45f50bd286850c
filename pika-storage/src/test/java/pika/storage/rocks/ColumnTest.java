package pika.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTest {
  @Test
  void namesAreOnDiskAndStay() {
    assertThat(Column.values())
        .extracting(Column::familyName)
        .containsExactly("default", "record", "row", "scan", "expiry", "garbage");
  }

  @Test
  void indexIsThePlaceInValues() {
    for (Column column : Column.values()) {
      assertThat(Column.values()[column.index()]).isSameAs(column);
    }
  }
}
