package pika.net.resp;

/**
 * The limits of a request. A client that exceeds one gets an error and is disconnected.
 *
 * @param maxBulkBytes one argument ({@code proto-max-bulk-len})
 * @param maxRequestBytes all arguments of one request together ({@code client-query-buffer-limit})
 */
public record RespLimits(long maxBulkBytes, long maxRequestBytes) {

  /** The longest line, without its end: a length or an inline command. */
  public static final int MAX_LINE_BYTES = 64 * 1024;
  /** The most arguments of an unauthenticated client: enough for AUTH and HELLO. */
  public static final int MAX_UNAUTHENTICATED_ARGS = 10;
  /** The longest argument of an unauthenticated client. */
  public static final int MAX_UNAUTHENTICATED_BULK_BYTES = 16 * 1024;

  public static final RespLimits DEFAULT = new RespLimits(512L << 20, 1L << 30);

  /** The longest array that every JVM can allocate. */
  static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 16;

  public RespLimits {
    if (maxBulkBytes < 1 || maxRequestBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    maxBulkBytes = Math.min(maxBulkBytes, MAX_ARRAY_BYTES);
  }
}
