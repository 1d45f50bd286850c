package pika.storage.zset;

import pika.storage.bytes.Slice;
import pika.storage.key.RowImage;

/** Iterates over entries whose score rows are cached as a whole. */
final class ImageEntries implements Entries {
  private final RowImage.Walk rows;

  ImageEntries(RowImage.Walk rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() {
    return rows.next();
  }

  @Override
  public double score() {
    Slice name = rows.name();
    return SortedSetFormat.score(name.array(), name.offset(), rows.value().length());
  }

  @Override
  public Slice member() {
    return SortedSetFormat.member(rows.name());
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
