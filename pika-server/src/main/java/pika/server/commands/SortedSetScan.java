package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.DoubleText;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.storage.zset.MemberPage;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;

/** ZSCAN. */
final class SortedSetScan {
  /** Redis' small sets store whole numbers up to this as integers, and a scan shows them so. */
  private static final double GREATEST_INTEGER = 0x1p62;

  private SortedSetScan() {}

  static Reply run(Call call, SortedSetDoor door) {
    long position = ScanCommands.cursor(call.arg(2));
    SortedSet set = door.sets(call).find(call.arg(1));
    if (set == null) {
      return page(0, List.of());
    }
    ScanOptions scan = ScanOptions.of(call.optionsFrom(3));
    MemberPage page = set.page(position, scan.count());
    List<Reply> items = new ArrayList<>();
    for (ScoredMember one : page.members()) {
      if (scan.pattern().matches(one.member())) {
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
