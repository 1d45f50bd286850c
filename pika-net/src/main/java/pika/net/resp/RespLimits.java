package pika.net.resp;

/**
 * How much a client may ask of the decoder; beyond it the connection is told why and closed.
 *
 * @param maxBulkBytes one argument ({@code proto-max-bulk-len})
 * @param maxRequestBytes all arguments of one request together ({@code client-query-buffer-limit})
 */
public record RespLimits(long maxBulkBytes, long maxRequestBytes) {

  /** A line without its end, be it a length or an inline command. */
  public static final int MAX_LINE_BYTES = 64 * 1024;
  /** Arguments a client that has not authenticated may send: enough for AUTH and HELLO. */
  public static final int MAX_UNAUTHENTICATED_ARGS = 10;
  /** The longest argument of a client that has not authenticated. */
  public static final int MAX_UNAUTHENTICATED_BULK_BYTES = 16 * 1024;

  public static final RespLimits DEFAULT = new RespLimits(512L << 20, 1L << 30);

  /** A Java array cannot be longer; leaves room for the array's header. */
  static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 16;

  public RespLimits {
    if (maxBulkBytes < 1 || maxRequestBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
    maxBulkBytes = Math.min(maxBulkBytes, MAX_ARRAY_BYTES);
  }
}
