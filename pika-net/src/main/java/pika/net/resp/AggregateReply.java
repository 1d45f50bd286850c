package pika.net.resp;

import java.util.List;

/** A reply made of replies; the {@code items} of a map alternate keys and values. */
public record AggregateReply(Kind kind, List<Reply> items) implements Reply {

  /** Kinds that RESP3 distinguishes and RESP2 writes as arrays. */
  public enum Kind {
    ARRAY,
    MAP,
    SET,
    PUSH
  }

  public AggregateReply {
    if (kind == Kind.MAP && items.size() % 2 != 0) {
      throw new IllegalArgumentException("a map needs a value for every key: " + items.size());
    }
  }

  @Override
  public void writeTo(RespWriter out) {
    switch (kind) {
      case ARRAY -> out.arrayHeader(items.size());
      case MAP -> out.mapHeader(items.size() / 2);
      case SET -> out.setHeader(items.size());
      case PUSH -> out.pushHeader(items.size());
    }
    for (Reply item : items) {
      item.writeTo(out);
    }
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
