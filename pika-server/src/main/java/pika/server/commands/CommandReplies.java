package pika.server.commands;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import pika.net.resp.Reply;
import pika.server.command.Argument;
import pika.server.command.CommandSpec;
import pika.server.command.Docs;
import pika.server.command.Flag;
import pika.server.command.KeySpec;

/** Formats commands for COMMAND INFO and COMMAND DOCS. */
final class CommandReplies {
  private CommandReplies() {}

  /** Returns a command for COMMAND INFO: ten items, the last one its subcommands. */
  static Reply info(CommandSpec spec) {
    return Reply.array(
        Reply.bulk(spec.fullName()),
        Reply.integer(spec.arity()),
        names(spec.flags().stream().filter(Flag::isShown).map(flag -> flag.redisName())),
        Reply.integer(spec.keys().legacyFirst()),
        Reply.integer(spec.keys().legacyLast()),
        Reply.integer(spec.keys().legacyStep()),
        names(spec.categories().stream().map(category -> "@" + category.redisName())),
        Reply.set(spec.tips().stream().map(Reply::bulk).toList()),
        Reply.set(spec.keys().specs().stream().map(CommandReplies::keySpec).toList()),
        subcommands(spec.subcommands().stream().map(CommandReplies::info).toList()));
  }

  private static Reply subcommands(List<Reply> infos) {
    return infos.isEmpty() ? Reply.set(List.of()) : Reply.array(infos);
  }

  private static Reply keySpec(KeySpec spec) {
    return map(
        "flags",
        names(spec.flags().stream().map(flag -> flag.redisName())),
        "begin_search",
        begin(spec.begin()),
        "find_keys",
        spec.begin() instanceof KeySpec.Untold
            ? search("unknown", Reply.map(List.of()))
            : extent(spec.extent()));
  }

  private static Reply begin(KeySpec.Begin begin) {
    if (begin instanceof KeySpec.Untold) {
      return search("unknown", Reply.map(List.of()));
    }
    if (begin instanceof KeySpec.AfterWord after) {
      return behind(after.word(), after.from());
    }
    if (begin instanceof KeySpec.AfterStreams after) {
      return behind("STREAMS", after.from());
    }
    if (begin instanceof KeySpec.AfterKeys) {
      return behind("KEYS", KeySpec.AfterKeys.FROM);
    }
    int index =
        begin instanceof KeySpec.UnlessKeys one ? one.index() : ((KeySpec.AtIndex) begin).index();
    return search("index", map("index", Reply.integer(index)));
  }

  private static Reply behind(String word, int from) {
    Reply startFrom = Reply.integer(from);
    return search("keyword", map("keyword", Reply.bulk(word), "startfrom", startFrom));
  }

  private static Reply extent(KeySpec.Extent extent) {
    if (extent instanceof KeySpec.Range range) {
      return range(range.last(), range.step(), 0);
    }
    if (extent instanceof KeySpec.FirstHalf) {
      return range(-1, 1, 2);
    }
    return search(
        "keynum", map("keynumidx", Reply.ZERO, "firstkey", Reply.ONE, "keystep", Reply.ONE));
  }

  /**
   * Returns a key range; only {@code 1/limit} of the arguments up to the last key are keys, 0 for
   * all.
   */
  private static Reply range(int last, int step, int limit) {
    Reply lastKey = Reply.integer(last);
    Reply keyStep = Reply.integer(step);
    return search(
        "range", map("lastkey", lastKey, "keystep", keyStep, "limit", Reply.integer(limit)));
  }

  private static Reply search(String type, Reply spec) {
    return map("type", Reply.bulk(type), "spec", spec);
  }

  /** Returns commands by name, for COMMAND DOCS. */
  static Reply docs(Collection<CommandSpec> specs) {
    List<Reply> byName = new ArrayList<>();
    for (CommandSpec spec : specs) {
      byName.add(Reply.bulk(spec.fullName()));
      byName.add(docs(spec));
    }
    return Reply.map(byName);
  }

  private static Reply docs(CommandSpec spec) {
    Docs docs = spec.docs();
    List<Reply> fields = new ArrayList<>();
    put(fields, "summary", Reply.bulk(docs.summary()));
    put(fields, "since", Reply.bulk(docs.since()));
    put(fields, "group", Reply.bulk(docs.group().redisName()));
    if (!docs.complexity().isEmpty()) {
      put(fields, "complexity", Reply.bulk(docs.complexity()));
    }
    Docs.Replaced replaced = docs.replaced();
    if (replaced != null) {
      put(fields, "doc_flags", names(Stream.of("deprecated")));
      put(fields, "deprecated_since", Reply.bulk(replaced.since()));
      put(fields, "replaced_by", Reply.bulk(replaced.by()));
    }
    if (!docs.arguments().isEmpty()) {
      put(fields, "arguments", new ArgumentReplies().list(docs.arguments()));
    }
    if (!spec.subcommands().isEmpty()) {
      put(fields, "subcommands", docs(spec.subcommands()));
    }
    return Reply.map(fields);
  }

  /** Formats the arguments of one command; keys among them refer to its key specs by number. */
  private static final class ArgumentReplies {
    private int nextKey;

    Reply list(List<Argument> arguments) {
      return Reply.array(arguments.stream().map(this::one).toList());
    }

    private Reply one(Argument argument) {
      List<Reply> fields = new ArrayList<>();
      put(fields, "name", Reply.bulk(argument.name()));
      put(fields, "type", Reply.bulk(argument.type().redisName()));
      if (argument.type() == Argument.Type.KEY) {
        put(fields, "key_spec_index", Reply.integer(nextKey++));
      }
      if (!argument.token().isEmpty()) {
        put(fields, "token", Reply.bulk(argument.token()));
      }
      List<String> flags = flags(argument);
      if (!flags.isEmpty()) {
        put(fields, "flags", names(flags.stream()));
      }
      if (!argument.children().isEmpty()) {
        put(fields, "arguments", list(argument.children()));
      }
      return Reply.map(fields);
    }

    private static List<String> flags(Argument argument) {
      List<String> flags = new ArrayList<>();
      if (argument.optional()) {
        flags.add("optional");
      }
      if (argument.repeats() != Argument.Repeats.ONCE) {
        flags.add("multiple");
      }
      if (argument.repeats() == Argument.Repeats.WITH_TOKEN) {
        flags.add("multiple_token");
      }
      return flags;
    }
  }

  private static Reply names(Stream<String> names) {
    return Reply.set(names.map(Reply::simple).toList());
  }

  private static Reply map(String key, Reply value, Object... more) {
    List<Reply> fields = new ArrayList<>();
    put(fields, key, value);
    for (int i = 0; i < more.length; i += 2) {
      put(fields, (String) more[i], (Reply) more[i + 1]);
    }
    return Reply.map(fields);
  }

  private static void put(List<Reply> fields, String key, Reply value) {
    fields.add(Reply.bulk(key));
    fields.add(value);
  }
}
