package pika.storage.rdb;

import org.jspecify.annotations.Nullable;

/**
 * Lists as sequences of nodes.
 *
 * <pre>
 * quicklist  := count ziplist*                 since 3.2
 * quicklist2 := count (container string)*      since 7.0; container 1: one plain element, 2: a listpack
 * </pre>
 */
final class Quicklist implements ElementReader {
  private static final int PLAIN = 1;
  private static final int LISTPACK = 2;

  /** The kind of nodes. */
  enum Nodes {
    ZIPLISTS,
    CONTAINERS
  }

  private final RdbInput in;
  private final Nodes nodes;
  private long left;
  private @Nullable ElementReader node;
  private byte @Nullable [] plain;

  Quicklist(RdbInput in, Nodes nodes) {
    this.in = in;
    this.nodes = nodes;
    this.left = in.takeCount();
  }

  @Override
  public boolean hasNext() {
    while (plain == null && (node == null || !node.hasNext())) {
      if (left == 0) {
        return false;
      }
      left--;
      open();
    }
    return true;
  }

  private void open() {
    if (nodes == Nodes.ZIPLISTS) {
      node = new Ziplist(in.takeString());
      return;
    }
    long container = in.takeLength();
    if (container == PLAIN) {
      plain = in.takeString();
    } else if (container == LISTPACK) {
      node = new Listpack(in.takeString());
    } else {
      throw new RdbException("list node of an unknown form");
    }
  }

  @Override
  public byte[] next() {
    byte[] single = plain;
    if (single != null) {
      plain = null;
      return single;
    }
    if (node == null) {
      throw new IllegalStateException("hasNext has not been asked");
    }
    return node.next();
  }
}
