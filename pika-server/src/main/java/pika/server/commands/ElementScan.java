package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.bytes.Slice;

/** The options of HSCAN and SSCAN, and the elements found by one call. Confined to the call. */
final class ElementScan {
  /** Whether elements have values. */
  enum Values {
    /** They have values, which NOVALUES omits. */
    SHOWN,
    /** They have no values. */
    NONE
  }

  /** The reply when there is nothing to scan. */
  static final Reply NOTHING = page(0, List.of());

  private final List<Reply> found = new ArrayList<>();
  private final ScanOptions options = new ScanOptions();
  private boolean withValues;

  private ElementScan(Values values) {
    this.withValues = values == Values.SHOWN;
  }

  /** Parses {@code [MATCH pattern] [COUNT count] [NOVALUES]} after key and cursor. */
  static ElementScan of(Call call, Values values) {
    ElementScan scan = new ElementScan(values);
    Options options = call.optionsFrom(3);
    while (options.hasNext()) {
      if (options.take("NOVALUES")) {
        if (values == Values.NONE) {
          throw new CommandException("ERR NOVALUES option can only be used in HSCAN");
        }
        scan.withValues = false;
      } else {
        scan.options.takeNext(options);
      }
    }
    return scan;
  }

  /** Returns about how many elements the call should look at. */
  long count() {
    return options.count();
  }

  /** Adds an element if it matches; always returns true, to continue. */
  boolean visit(Slice name, Slice value) {
    if (options.pattern().matches(name.array(), name.offset(), name.offset() + name.length())) {
      found.add(ElementReplies.bulk(name));
      if (withValues) {
        found.add(ElementReplies.bulk(value));
      }
    }
    return true;
  }

  /** Returns the reply of a call after which the scan continues at {@code next}. */
  Reply reply(long next) {
    return page(next, found);
  }

  private static Reply page(long next, List<Reply> found) {
    return Reply.array(Reply.bulk(Long.toString(next)), Reply.array(found));
  }
}
