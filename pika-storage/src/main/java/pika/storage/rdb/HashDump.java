package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;
import pika.storage.bytes.Slice;
import pika.storage.element.Element;
import pika.storage.hash.FieldCondition;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.string.Expiry;

/**
 * Dumps of hashes.
 *
 * <pre>
 * HASH             := count (field value)*                       what we write
 * HASH_METADATA    := nearest-ms:u64 count (life field value)*   the same if fields have deadlines, since 7.4
 * life             := length                                     0 for none, else deadline - nearest + 1
 * HASH_ZIPMAP      := string(zipmap)
 * HASH_ZIPLIST     := string(ziplist)
 * HASH_LISTPACK    := string(listpack)
 * HASH_LISTPACK_EX := nearest-ms:u64 string(listpack)            alternating field, value and deadline or 0
 *
 * HASH_METADATA_EARLY    := count (deadline-or-0 field value)*
 * HASH_LISTPACK_EX_EARLY := string(listpack)                     as HASH_LISTPACK_EX
 * </pre>
 */
final class HashDump {
  /** Fields that are set or read at a time. */
  private static final int PORTION = 512;

  private static final long FOR_EVER = 0;

  private final Hashes hashes;
  private final FieldExpiry expiry;
  private final byte[] userKey;

  /** Dumps and restores the hash under a key. */
  HashDump(Hashes hashes, FieldExpiry expiry, byte[] userKey) {
    this.hashes = hashes;
    this.expiry = expiry;
    this.userKey = userKey;
  }

  // ---- writing

  void write(RdbOutput out) {
    List<Element> fields = fields();
    out.putByte(RdbType.HASH.code()).putLength(fields.size());
    fields.forEach(field -> out.putString(field.name()).putString(field.value()));
  }

  void writeWithDeadlines(RdbOutput out) {
    List<Element> fields = fields();
    List<Long> deadlines = deadlines(fields);
    long nearest = deadlines.stream().filter(at -> at >= 0).min(Long::compare).orElse(FOR_EVER);
    out.putByte(RdbType.HASH_METADATA.code()).putLong(nearest).putLength(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      long deadline = deadlines.get(i);
      out.putLength(deadline < 0 ? FOR_EVER : deadline - nearest + 1);
      out.putString(fields.get(i).name()).putString(fields.get(i).value());
    }
  }

  private List<Element> fields() {
    List<Element> fields = new ArrayList<>();
    hashes.forEach(userKey, (name, value) -> fields.add(new Element(name, value)));
    return fields;
  }

  private List<Long> deadlines(List<Element> fields) {
    List<Long> deadlines = new ArrayList<>(fields.size());
    for (int from = 0; from < fields.size(); from += PORTION) {
      List<Element> portion = fields.subList(from, Math.min(fields.size(), from + PORTION));
      List<byte[]> names =
          portion.stream().map(Element::name).map(Slice::toByteArray).toList();
      deadlines.addAll(expiry.deadlines(userKey, names));
    }
    return deadlines;
  }

  // ---- reading

  void read(RdbType type, RdbInput in) {
    switch (type) {
      case HASH -> set(ElementReader.strings(in, 2 * in.takeCount()));
      case HASH_ZIPMAP -> set(new Zipmap(in.takeString()));
      case HASH_ZIPLIST -> set(new Ziplist(in.takeString()));
      case HASH_LISTPACK -> set(new Listpack(in.takeString()));
      // As if the nearest deadline were 1, since these are absolute.
      case HASH_METADATA_EARLY -> setWithLives(1, in);
      case HASH_METADATA -> setWithLives(in.takeLong(), in);
      case HASH_LISTPACK_EX_EARLY -> setWithDeadlines(in);
      case HASH_LISTPACK_EX -> {
        in.takeLong();
        setWithDeadlines(in);
      }
      default -> throw new IllegalArgumentException("no hash: " + type);
    }
  }

  private void set(ElementReader elements) {
    List<byte[]> portion = new ArrayList<>();
    while (elements.hasNext()) {
      portion.add(elements.next());
      if (!elements.hasNext()) {
        throw new RdbException("a field without a value");
      }
      portion.add(elements.next());
      if (portion.size() == 2 * PORTION || !elements.hasNext()) {
        if (hashes.set(userKey, portion) != portion.size() / 2) {
          throw new RdbException("a field twice");
        }
        portion.clear();
      }
    }
  }

  private void setWithLives(long nearest, RdbInput in) {
    for (long left = in.takeCount(); left > 0; left--) {
      long life = in.takeLength();
      byte[] field = in.takeString();
      set(field, in.takeString(), life == FOR_EVER ? FOR_EVER : nearest + life - 1);
    }
  }

  private void setWithDeadlines(RdbInput in) {
    Listpack elements = new Listpack(in.takeString());
    while (elements.hasNext()) {
      byte[] field = elements.next();
      byte[] value = elements.next();
      set(field, value, elements.nextLong());
    }
  }

  private void set(byte[] field, byte[] value, long deadline) {
    if (deadline < 0) {
      throw new RdbException("an impossible deadline");
    }
    Expiry life = deadline == FOR_EVER ? Expiry.NONE : Expiry.at(deadline);
    if (!expiry.set(userKey, List.of(field, value), FieldCondition.IF_NONE_IS_THERE, life)) {
      throw new RdbException("a field twice");
    }
  }
}
