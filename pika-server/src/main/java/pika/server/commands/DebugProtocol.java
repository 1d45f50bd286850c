package pika.server.commands;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Locale;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;

/** DEBUG PROTOCOL: one example of every type of reply, with the same values as Redis. */
final class DebugProtocol {
  private static final String UNKNOWN_TYPE =
      "ERR Wrong protocol type name. Please use one of the following:"
          + " string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false";

  /**
   * {@code key-popularity: [key:123, 90]}; encoded by hand, because nothing else needs attributes.
   */
  private static final byte[] ATTRIBUTE =
      "|1\r\n$14\r\nkey-popularity\r\n*2\r\n$7\r\nkey:123\r\n:90\r\n".getBytes(US_ASCII);

  private DebugProtocol() {}

  static Reply example(Call call) {
    return switch (call.textArg(2).toLowerCase(Locale.ROOT)) {
      case "string" -> Reply.bulk("Hello World");
      case "integer" -> Reply.integer(12345);
      case "double" -> Reply.doubleValue(3.141);
      case "null" -> Reply.NULL;
      case "array" -> Reply.array(numbers());
      case "set" -> Reply.set(numbers());
      case "map" -> map();
      case "attrib" -> attribute(call);
      case "push" -> push(call);
      case "verbatim" -> Reply.verbatim("txt", "This is a verbatim\nstring");
      case "true" -> Reply.bool(true);
      case "false" -> Reply.bool(false);
      case "bignum" -> Reply.bigNumber("1234567999999999999999999999999999999");
      default -> throw new CommandException(UNKNOWN_TYPE);
    };
  }

  private static List<Reply> numbers() {
    return List.of(Reply.ZERO, Reply.ONE, Reply.integer(2));
  }

  private static Reply map() {
    return Reply.map(List.of(
        Reply.ZERO,
        Reply.bool(false),
        Reply.ONE,
        Reply.bool(true),
        Reply.integer(2),
        Reply.bool(false)));
  }

  private static Reply attribute(Call call) {
    Reply reply = Reply.bulk("Some real reply following the attribute");
    return call.session().protocol() == Protocol.RESP2
        ? reply
        : Reply.sequence(List.of(out -> out.raw(ATTRIBUTE), reply));
  }

  private static Reply push(Call call) {
    if (call.session().protocol() == Protocol.RESP2) {
      throw new CommandException("ERR RESP2 is not supported by this command");
    }
    return Reply.sequence(List.of(
        Reply.push(List.of(Reply.bulk("server-cpu-usage"), Reply.integer(42))),
        Reply.bulk("Some real reply following the push reply")));
  }
}
