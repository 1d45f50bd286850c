package pika.server.commands;

import java.util.Arrays;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Wait;
import pika.storage.key.DataType;

/** What pops from the first of several keys wait for. */
final class PopWait {
  private static final byte[] ONE = Args.bytes("1");

  private PopWait() {}

  /**
   * Returns a wait for a value under one of the keys, which are the arguments from {@code from} to
   * {@code to}, exclusive. Their number precedes them, unless the command's name does.
   */
  static Wait of(DataType type, byte[][] args, int from, int to, long timeoutMs) {
    List<byte[]> keys = Arrays.asList(args).subList(from, to);
    return Wait.until(type, keys, timeoutMs, Reply.NULL_ARRAY)
        .retriedAs(key -> only(key, args, from, to));
  }

  private static byte[][] only(byte[] key, byte[][] args, int from, int to) {
    byte[][] one = new byte[args.length - (to - from) + 1][];
    System.arraycopy(args, 0, one, 0, from);
    if (from > 1) {
      one[from - 1] = ONE;
    }
    one[from] = key;
    System.arraycopy(args, to, one, from + 1, args.length - to);
    return one;
  }
}
