package pika.storage.stream;

import java.util.OptionalLong;

/**
 * What is known of a stream without looking at its entries.
 *
 * @param length how many entries it has
 * @param added how many it ever had, unless XSETID said otherwise
 * @param lastId the last id given out
 * @param maxDeletedId the greatest id that XDEL has removed
 * @param firstId the id of the first entry; {@link StreamId#ZERO} when there are none
 * @param groups how many consumer groups it has
 * @param nextGroup the lowest number never given to a group
 * @param consumers how many consumers its groups have in total
 */
public record StreamHeader(
    long length,
    long added,
    StreamId lastId,
    StreamId maxDeletedId,
    StreamId firstId,
    int groups,
    int nextGroup,
    long consumers) {
  static final StreamHeader EMPTY =
      new StreamHeader(0, 0, StreamId.ZERO, StreamId.ZERO, StreamId.ZERO, 0, 0, 0);

  /** The value of a group's counter of read entries when it is unknown. */
  public static final long UNKNOWN = -1;

  StreamHeader withAdded(StreamId id) {
    StreamId first = length == 0 ? id : firstId;
    return new StreamHeader(
        length + 1, added + 1, id, maxDeletedId, first, groups, nextGroup, consumers);
  }

  StreamHeader withRemoved(long count, StreamId newFirst, StreamId newMaxDeleted) {
    return new StreamHeader(
        length - count, added, lastId, newMaxDeleted, newFirst, groups, nextGroup, consumers);
  }

  StreamHeader withIds(long newAdded, StreamId newLast, StreamId newMaxDeleted) {
    return new StreamHeader(
        length, newAdded, newLast, newMaxDeleted, firstId, groups, nextGroup, consumers);
  }

  StreamHeader withNewGroup() {
    return new StreamHeader(
        length, added, lastId, maxDeletedId, firstId, groups + 1, nextGroup + 1, consumers);
  }

  StreamHeader withoutGroup(long itsConsumers) {
    return new StreamHeader(
        length,
        added,
        lastId,
        maxDeletedId,
        firstId,
        groups - 1,
        nextGroup,
        consumers - itsConsumers);
  }

  StreamHeader withConsumers(long difference) {
    return new StreamHeader(
        length, added, lastId, maxDeletedId, firstId, groups, nextGroup, consumers + difference);
  }

  /**
   * Returns whether an entry at or after {@code id} may have been deleted, judging by
   * {@code maxDeletedId}.
   */
  boolean hasGapFrom(StreamId id) {
    return hasGap() && !maxDeletedId.isBefore(id);
  }

  /** Returns whether an entry after the first one may have been deleted. */
  private boolean hasGap() {
    return length > 0 && !maxDeletedId.isZero() && !maxDeletedId.isBefore(firstId);
  }

  /**
   * Returns how many entries had been added up to {@code id}; {@link #UNKNOWN} when that can't be
   * told.
   */
  public long addedUpTo(StreamId id) {
    if (added == 0) {
      return 0;
    }
    int toLast = id.compareTo(lastId);
    if ((length == 0 && toLast < 0) || toLast == 0) {
      return added;
    }
    if (toLast > 0 || hasGap()) {
      return UNKNOWN;
    }
    int toFirst = id.compareTo(firstId);
    if (toFirst > 0) {
      return UNKNOWN;
    }
    return toFirst < 0 ? added - length : added - length + 1;
  }

  /**
   * Returns how many entries a group has yet to read; empty when unknown. XGROUP may make it
   * negative.
   */
  OptionalLong lag(StreamId lastDelivered, long entriesRead) {
    if (added == 0) {
      return OptionalLong.of(0);
    }
    if (entriesRead != UNKNOWN && !hasGapFrom(lastDelivered)) {
      return OptionalLong.of(added - entriesRead);
    }
    long read = addedUpTo(lastDelivered);
    return read == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(added - read);
  }
}
