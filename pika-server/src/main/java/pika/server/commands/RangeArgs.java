package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.server.commands.SortedSetDoor.Show;
import pika.storage.zset.Entries;
import pika.storage.zset.Order;
import pika.storage.zset.Ranks;
import pika.storage.zset.SortedSet;
import pika.storage.zset.Span;

/**
 * The arguments of ZRANGE and the like: which part of a sorted set, in which order, and how to show
 * it.
 *
 * @param offset how many entries to skip, if {@code limited}
 * @param count how many of the rest to return, all if negative, if {@code limited}
 * @param limited whether this kind of range takes a limit at all
 */
record RangeArgs(Span span, Order order, Show show, long offset, long count, boolean limited) {

  /** The meaning of a range's ends. */
  enum By {
    INDEX,
    SCORE,
    MEMBER
  }

  /**
   * What a command's name implies; null where options decide.
   *
   * @param shows whether the reply could show scores
   */
  record Form(@Nullable By by, @Nullable Order order, boolean shows) {}

  /** Parses the arguments from the range's first end on. */
  static RangeArgs of(Call call, int first, Form form) {
    Words words = new Words(form);
    words.take(call.optionsFrom(first + 2));
    By by = words.by == null ? By.INDEX : words.by;
    Order order = words.order == null ? Order.ASCENDING : words.order;
    if (words.count != -1 && by == By.INDEX) {
      throw new CommandException("ERR syntax error, LIMIT is only supported in combination with"
          + " either BYSCORE or BYLEX");
    }
    if (words.show == Show.WITH_SCORES && by == By.MEMBER) {
      throw new CommandException(
          "ERR syntax error, WITHSCORES not supported in combination with BYLEX");
    }
    Span span = span(call, first, by, order);
    return new RangeArgs(span, order, words.show, words.offset, words.count, by != By.INDEX);
  }

  /**
   * Parses the ends. In descending order the greater end comes first, but indexes are counted in
   * that order.
   */
  private static Span span(Call call, int first, By by, Order order) {
    int min = order == Order.ASCENDING ? first : first + 1;
    int max = order == Order.ASCENDING ? first + 1 : first;
    return switch (by) {
      case INDEX -> Span.ofIndexes(call.longArg(first), call.longArg(first + 1), order);
      case SCORE -> SpanArgs.scores(call.arg(min), call.arg(max));
      case MEMBER -> SpanArgs.members(call.arg(min), call.arg(max), order);
    };
  }

  /** Returns the ranks of the range in a set. */
  Ranks in(SortedSet set) {
    Ranks ranks = span.in(set);
    return limited ? ranks.limited(offset, count, order) : ranks;
  }

  /** Iterates over the range in a set. */
  Entries walk(SortedSet set) {
    return limited ? span.walk(set, order, offset, count) : set.walk(span.in(set), order);
  }

  /** The options given. */
  private static final class Words {
    private final Form form;
    private @Nullable By by;
    private @Nullable Order order;
    private Show show = Show.MEMBERS;
    private long offset;
    private long count = -1;

    Words(Form form) {
      this.form = form;
      this.by = form.by();
      this.order = form.order();
    }

    void take(Options options) {
      while (options.hasNext()) {
        if (form.shows() && options.take("WITHSCORES")) {
          show = Show.WITH_SCORES;
        } else if (options.remaining() > 2 && options.take("LIMIT")) {
          offset = options.nextLong();
          count = options.nextLong();
        } else if (order == null && options.take("REV")) {
          order = Order.DESCENDING;
        } else if (by == null && options.take("BYLEX")) {
          by = By.MEMBER;
        } else if (by == null && options.take("BYSCORE")) {
          by = By.SCORE;
        } else {
          throw CommandException.syntax();
        }
      }
    }
  }
}
