package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.DoubleText;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.bytes.Glob;
import pika.storage.zset.MemberPage;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;

/** ZSCAN. */
final class SortedSetScan {
  private static final long DEFAULT_COUNT = 10;

  /** Redis' small sets hold whole numbers up to here as integers, and a scan shows what they hold. */
  private static final double GREATEST_INTEGER = 0x1p62;

  private SortedSetScan() {}

  static Reply run(Call call, SortedSetDoor door) {
    long position = ScanCommands.cursor(call.arg(2));
    SortedSet set = door.sets(call).find(call.arg(1));
    if (set == null) {
      return page(0, List.of());
    }
    long count = DEFAULT_COUNT;
    byte[] pattern = {'*'};
    Options options = call.optionsFrom(3);
    while (options.hasNext()) {
      if (options.takeWithValue("COUNT")) {
        count = options.nextLong();
        if (count < 1) {
          throw CommandException.syntax();
        }
      } else if (options.takeWithValue("MATCH")) {
        pattern = options.next();
      } else {
        throw CommandException.syntax();
      }
    }
    Glob glob = Glob.compile(pattern);
    MemberPage page = set.page(position, count);
    List<Reply> items = new ArrayList<>();
    for (ScoredMember one : page.members()) {
      if (glob.matches(one.member())) {
        items.add(Reply.bulk(one.member()));
        items.add(Reply.bulk(text(one.score(), set.isSmall())));
      }
    }
    return page(page.next(), items);
  }

  private static String text(double score, boolean small) {
    boolean integer = small && score == Math.rint(score) && Math.abs(score) <= GREATEST_INTEGER;
    return integer ? Long.toString((long) score) : DoubleText.of(score);
  }

  private static Reply page(long next, List<Reply> items) {
    return Reply.array(Reply.bulk(Long.toUnsignedString(next)), Reply.array(items));
  }
}
