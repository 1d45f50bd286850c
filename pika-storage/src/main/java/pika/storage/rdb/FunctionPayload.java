package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Function libraries in the format of FUNCTION DUMP and FUNCTION RESTORE.
 *
 * <pre>
 * payload := (0xF5 code:string)* version:u16 crc:u64        little-endian, with the footer of DUMP
 * </pre>
 */
public final class FunctionPayload {
  private static final int LIBRARY = 0xF5;

  /** Written by the release candidates of Redis 7.0. */
  private static final int LIBRARY_OF_CANDIDATES = 0xF6;

  /** The oldest version with functions: that of Redis 7.0. */
  private static final int VERSION = 10;

  private FunctionPayload() {}

  /** Returns the payload of these libraries' source code. */
  public static byte[] write(List<byte[]> codes) {
    RdbOutput out = new RdbOutput(Integer.MAX_VALUE);
    for (byte[] code : codes) {
      out.putByte(LIBRARY).putString(code);
    }
    return DumpPayload.seal(out, VERSION).toByteArray();
  }

  /** Returns whether a payload is undamaged and of a version that is understood. */
  public static boolean isIntact(byte[] payload) {
    return DumpPayload.open(payload) != null;
  }

  /**
   * Returns the source code of each library in an intact payload.
   *
   * @throws RdbException with Redis' text if it contains anything else
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
