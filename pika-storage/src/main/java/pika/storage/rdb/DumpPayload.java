package pika.storage.rdb;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/**
 * The payload of DUMP and RESTORE.
 *
 * <pre>
 * payload := type:u8 value version:u16 crc:u64        little-endian; crc covers everything before it
 * </pre>
 */
final class DumpPayload {
  /** The newest version that is understood: that of Redis 7.4. */
  private static final int NEWEST_VERSION = 12;

  private static final int VERSION_BYTES = 2;
  static final int FOOTER_BYTES = VERSION_BYTES + Long.BYTES;

  private DumpPayload() {}

  /**
   * Appends the footer without copying what was written, which may be hundreds of megabytes.
   * {@code version} is the oldest one that can read it.
   */
  static Slice seal(RdbOutput out, int version) {
    out.makeRoom(FOOTER_BYTES).putByte(version).putByte(version >> Byte.SIZE);
    Slice sealed = out.toSlice();
    return out.putLong(Crc64.of(sealed.array(), sealed.length())).toSlice();
  }

  /**
   * Returns a reader of everything before the footer; null when the checksum is wrong or the
   * version unknown.
   */
  static @Nullable RdbInput open(byte[] payload) {
    int end = payload.length - FOOTER_BYTES;
    if (end < 0) {
      return null;
    }
    RdbInput footer = new RdbInput(payload, end, payload.length);
    int version = footer.takeUnsignedShort();
    long crc = footer.takeLong();
    boolean intact = crc == Crc64.of(payload, payload.length - Long.BYTES);
    return version <= NEWEST_VERSION && intact ? new RdbInput(payload, 0, end) : null;
  }
}
