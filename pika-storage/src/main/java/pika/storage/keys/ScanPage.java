package pika.storage.keys;

import java.util.List;

/**
 * What one call of a scan has found.
 *
 * @param next the position to go on from; {@link KeySearch#START} when the scan is complete
 */
public record ScanPage(long next, List<byte[]> keys) {}
