package pika.storage.packed;

/**
 * How far a collection stays small.
 *
 * <p>Two questions, two answers. What OBJECT ENCODING calls a collection follows Redis' thresholds to the letter. Whether
 * it stands whole in its record or in rows is a matter of what rewriting the record costs: a few long values are better
 * off there than in rows, however Redis would call them. Both ways are one way: a collection never becomes small again.
 *
 * @param maxEntries the most elements of a small collection
 * @param maxElementBytes the longest element of one that Redis calls small
 * @param maxBytes the longest record payload of one that stands in its record
 */
public record PackedLimits(long maxEntries, long maxElementBytes, long maxBytes) {

  /** Whether a collection may stand whole in its record. */
  public boolean allowsPacked(long entries, long payloadBytes) {
    return entries <= maxEntries && payloadBytes <= maxBytes;
  }

  /** Whether Redis calls a collection small that has so many elements, none longer than {@code longestBytes}. */
  public boolean isCalledSmall(long entries, long longestBytes) {
    return entries <= maxEntries && longestBytes <= maxElementBytes;
  }
}
