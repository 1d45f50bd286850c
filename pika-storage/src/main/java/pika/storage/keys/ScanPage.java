package pika.storage.keys;

import java.util.List;

/**
 * The result of one call of a scan.
 *
 * @param next the position to continue from; {@link KeySearch#START} when the scan is complete
 */
public record ScanPage(long next, List<byte[]> keys) {}
