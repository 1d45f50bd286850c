package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Libraries of functions in the form that FUNCTION DUMP gives and FUNCTION RESTORE takes.
 *
 * <pre>
 * payload := (0xF5 code:string)* version:u16 crc:u64        little-endian, the footer is that of DUMP
 * </pre>
 */
public final class FunctionPayload {
  private static final int LIBRARY = 0xF5;

  /** What the release candidates of Redis 7.0 wrote. */
  private static final int LIBRARY_OF_CANDIDATES = 0xF6;

  /** The oldest version that knows functions: that of Redis 7.0. */
  private static final int VERSION = 10;

  private FunctionPayload() {}

  /** The payload of these libraries' source code. */
  public static byte[] write(List<byte[]> codes) {
    RdbOutput out = new RdbOutput(Integer.MAX_VALUE);
    for (byte[] code : codes) {
      out.putByte(LIBRARY).putString(code);
    }
    return DumpPayload.seal(out, VERSION).toByteArray();
  }

  /** Whether a payload has arrived as it was sent, and is of no later version than is understood. */
  public static boolean isIntact(byte[] payload) {
    return DumpPayload.open(payload) != null;
  }

  /**
   * The source code of each library in an intact payload.
   *
   * @throws RdbException with Redis' words for what it holds instead
   */
  public static List<byte[]> read(byte[] payload) {
    RdbInput in = DumpPayload.open(payload);
    if (in == null) {
      throw new RdbException("DUMP payload version or checksum are wrong");
    }
    List<byte[]> codes = new ArrayList<>();
    while (in.remaining() > 0) {
      int type = in.takeByte();
      if (type == LIBRARY_OF_CANDIDATES) {
        throw new RdbException("Pre-GA function format not supported");
      }
      if (type != LIBRARY) {
        throw new RdbException("given type is not a function");
      }
      codes.add(takeCode(in));
    }
    return codes;
  }

  private static byte[] takeCode(RdbInput in) {
    try {
      return in.takeString();
    } catch (RdbException e) {
      throw new RdbException("Failed loading library code");
    }
  }
}
