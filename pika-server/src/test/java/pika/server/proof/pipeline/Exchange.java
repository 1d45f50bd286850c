package pika.server.proof.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RawReply;

/** A command and the only right answer to it, byte for byte. */
record Exchange(Command command, RawReply expected) {
  private static final int PIECE_BYTES = 64 * 1024;

  /** Takes the answer off the stream and compares it, piece by piece: it may be long. */
  void verify(InputStream in) throws IOException {
    byte[] wanted = expected.bytes();
    for (int at = 0; at < wanted.length; at += PIECE_BYTES) {
      int end = Math.min(wanted.length, at + PIECE_BYTES);
      byte[] piece = in.readNBytes(end - at);
      if (!Arrays.equals(piece, 0, piece.length, wanted, at, end)) {
        throw new AssertionError("> %s%n  expected %s%n  but at byte %d came %s"
            .formatted(command, expected, at, excerpt(piece)));
      }
    }
  }

  private static String excerpt(byte[] piece) {
    return Notation.text(Arrays.copyOf(piece, Math.min(piece.length, 200)));
  }
}
