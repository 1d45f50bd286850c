package pika.net.resp;

import java.util.List;

/** Formats replies like redis-cli on a terminal, for {@code toString} and failing tests. */
final class CliText {

  private CliText() {}

  static String of(Reply reply) {
    StringBuilder text = new StringBuilder();
    append(text, reply, 0);
    return text.toString();
  }

  private static void append(StringBuilder text, Reply reply, int indent) {
    if (reply instanceof SimpleReply simple) {
      text.append(simple.text());
    } else if (reply instanceof ErrorReply error) {
      text.append("(error) ").append(error.text());
    } else if (reply instanceof IntegerReply integer) {
      text.append("(integer) ").append(integer.value());
    } else if (reply instanceof BulkReply bulk) {
      quote(text, bulk.bytes());
    } else if (reply instanceof NullReply) {
      text.append("(nil)");
    } else if (reply instanceof DoubleReply number) {
      text.append("(double) ").append(DoubleText.of(number.value()));
    } else if (reply instanceof BoolReply bool) {
      text.append(bool.value() ? "(true)" : "(false)");
    } else if (reply instanceof BigNumberReply big) {
      text.append("(big number) ").append(big.digits());
    } else if (reply instanceof VerbatimReply verbatim) {
      text.append(verbatim.text());
    } else if (reply instanceof AggregateReply aggregate) {
      appendItems(text, aggregate, indent);
    } else {
      text.append(reply);
    }
  }

  private static void appendItems(StringBuilder text, AggregateReply aggregate, int indent) {
    List<Reply> items = aggregate.items();
    if (items.isEmpty()) {
      text.append("(empty ").append(name(aggregate.kind())).append(')');
      return;
    }
    int step = aggregate.kind() == AggregateReply.Kind.MAP ? 2 : 1;
    int width = Integer.toString(items.size() / step).length();
    for (int i = 0; i < items.size(); i += step) {
      if (i > 0) {
        text.append('\n').append(" ".repeat(indent));
      }
      String number = Integer.toString(i / step + 1);
      text.append(" ".repeat(width - number.length())).append(number);
      text.append(mark(aggregate.kind())).append(' ');
      int inner = indent + width + 2;
      append(text, items.get(i), inner);
      if (step == 2) {
        text.append(" => ");
        append(text, items.get(i + 1), inner);
      }
    }
  }

  private static String name(AggregateReply.Kind kind) {
    return switch (kind) {
      case ARRAY -> "array";
      case MAP -> "hash";
      case SET -> "set";
      case PUSH -> "push";
    };
  }

  private static char mark(AggregateReply.Kind kind) {
    return switch (kind) {
      case ARRAY, PUSH -> ')';
      case MAP -> '#';
      case SET -> '~';
    };
  }

  private static void quote(StringBuilder text, byte[] bytes) {
    text.append('"');
    for (byte b : bytes) {
      switch (b) {
        case '"', '\\' -> text.append('\\').append((char) b);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case 7 -> text.append("\\a");
        case '\b' -> text.append("\\b");
        default -> {
          if (b >= ' ' && b < 127) {
            text.append((char) b);
          } else {
            text.append(String.format("\\x%02x", b & 0xff));
          }
        }
      }
    }
    text.append('"');
  }
}
