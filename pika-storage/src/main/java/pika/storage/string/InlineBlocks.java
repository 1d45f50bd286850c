package pika.storage.string;

import pika.storage.bytes.Slice;

/** The single block of an inline string. */
final class InlineBlocks extends Blocks {
  private final Slice slice;
  private boolean atEnd;

  InlineBlocks(Slice slice) {
    this.slice = slice;
    this.atEnd = slice.length() == 0;
  }

  @Override
  public boolean next() {
    if (atEnd) {
      return false;
    }
    atEnd = true;
    block(slice.array(), slice.offset(), slice.length());
    return true;
  }

  @Override
  public void close() {}
}
