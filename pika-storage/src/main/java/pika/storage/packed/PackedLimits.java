package pika.storage.packed;

/**
 * Up to which size a collection is small, in two independent senses. What OBJECT ENCODING reports
 * follows Redis' thresholds to the letter. Whether it is packed into its record or spread over rows
 * depends on what rewriting the record costs: a few long values are better off in the record,
 * whatever Redis would call them. Neither ever reverts.
 *
 * @param maxEntries the most elements of a small collection
 * @param maxElementBytes the longest element of a collection that Redis calls small
 * @param maxBytes the longest payload of a packed collection
 */
public record PackedLimits(long maxEntries, long maxElementBytes, long maxBytes) {

  /** Returns whether a collection may be packed into its record. */
  public boolean allowsPacked(long entries, long payloadBytes) {
    return entries <= maxEntries && payloadBytes <= maxBytes;
  }

  /**
   * Returns whether Redis would call a collection small that has {@code entries} elements, none
   * longer than {@code longestBytes}.
   */
  public boolean isCalledSmall(long entries, long longestBytes) {
    return entries <= maxEntries && longestBytes <= maxElementBytes;
  }
}
