package pika.net.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;

/**
 * The form of private keys that Java reads. Wraps the older, algorithm-specific forms into it:
 *
 * <pre>
 *   PKCS#8   SEQUENCE { INTEGER 0, SEQUENCE { algorithm, parameters }, OCTET STRING { key } }
 *   PKCS#1   the key of RSA; no parameters
 *   SEC1     the key of EC; the parameter is its curve, which it names inside:
 *            SEQUENCE { INTEGER 1, OCTET STRING { number }, [0] { curve }, [1] { public key } }
 * </pre>
 */
final class Pkcs8 {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_ID = 0x06;
  private static final int SEQUENCE = 0x30;
  private static final int CURVE = 0xa0;

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  /** 1.2.840.113549.1.1.1, rsaEncryption, and its empty parameters. */
  private static final byte[] RSA = {
    OBJECT_ID, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 0x05, 0
  };
  /** 1.2.840.10045.2.1, ecPublicKey. */
  private static final byte[] EC = {OBJECT_ID, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private Pkcs8() {}

  /** The PKCS#8 form of an RSA key; one that is damaged stays so. */
  static byte[] ofPkcs1(byte[] key) {
    return wrap(RSA, key);
  }

  /**
   * The PKCS#8 form of an EC key.
   *
   * @throws InvalidKeyException if it does not name its curve
   */
  static byte[] ofSec1(byte[] key) throws InvalidKeyException {
    ByteBuffer fields = element(ByteBuffer.wrap(key), SEQUENCE);
    element(fields, INTEGER);
    element(fields, OCTET_STRING);
    ByteBuffer curve = element(fields, CURVE);
    byte[] id = new byte[curve.remaining()];
    curve.get(id);
    if (id.length == 0 || id[0] != OBJECT_ID) {
      throw curveless();
    }
    return wrap(join(EC, id), key);
  }

  /** The content of the next element, which must have this tag. */
  private static ByteBuffer element(ByteBuffer in, int tag) throws InvalidKeyException {
    if (in.remaining() < 2 || (in.get() & 0xff) != tag) {
      throw curveless();
    }
    int length = in.get() & 0xff;
    // No key of a named curve is so long that its length takes more than one byte.
    if (length == 0x81 && in.hasRemaining()) {
      length = in.get() & 0xff;
    }
    if (length > in.remaining()) {
      throw curveless();
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static InvalidKeyException curveless() {
    return new InvalidKeyException("the EC key does not specify its curve");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(
        SEQUENCE, join(VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key)));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head = length < 0x80
        ? new byte[] {(byte) tag, (byte) length}
        : length < 0x100
            ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
