package pika.server.commands;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.command.AclCategory;
import pika.server.proof.RawReply;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Our rows' metadata matches Redis', except for prose. */
final class MetadataTest {
  /** Commands and subcommands that Redis 7.0 lacks, and one of our own. */
  private static final Set<String> NEWER = Set.of(
      "client|setinfo",
      "client|no-touch",
      "waitaof",
      "compact",
      "hotkeys",
      "bigkeys",
      "slowlog|waits",
      "scanx",
      "pkscanrange",
      "pkrscanrange",
      "pkhscanrange",
      "pkhrscanrange",
      "pkpatternmatchdel",
      "pksetexat",
      "delvx",
      "zrank",
      "zrevrank",
      "hexpire",
      "hpexpire",
      "hexpireat",
      "hpexpireat",
      "hpersist",
      "httl",
      "hpttl",
      "hexpiretime",
      "hpexpiretime",
      "hgetdel",
      "hgetex",
      "hsetex");

  /** Fields of COMMAND DOCS other than prose and complexity. */
  private static final List<String> FACTS =
      List.of("since", "group", "deprecated_since", "replaced_by");

  /** Redis 7.0 omits their arguments, lacks some of them, or treats an empty key as a word. */
  private static final Set<String> UNDOCUMENTED =
      Set.of("client|kill", "command|getkeys", "command|getkeysandflags", "hscan", "migrate");

  @RegisterExtension
  final Servers servers = new Servers();

  private Wire redis;
  private Wire ours;

  @BeforeEach
  void connect() throws IOException {
    redis = servers.redis().connect();
    ours = servers.subject().connect();
    redis.ask("HELLO", 3);
    ours.ask("HELLO", 3);
  }

  @AfterEach
  void disconnect() throws IOException {
    redis.close();
    ours.close();
  }

  @Test
  void infoIsEqual() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String name : names()) {
      softly.assertThat(info(ours, name)).as(name).isEqualTo(info(redis, name));
    }
    softly.assertAll();
  }

  @Test
  void docsAreEqual() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String name : names()) {
      Map<String, RawReply> expected = docs(redis, name);
      Map<String, RawReply> actual = docs(ours, name);
      for (String fact : FACTS) {
        softly.assertThat(text(actual, fact)).as(name + " " + fact).isEqualTo(text(expected, fact));
      }
      if (!UNDOCUMENTED.contains(name)) {
        softly
            .assertThat(words(actual.get("arguments")))
            .as(name + " arguments")
            .isEqualTo(words(expected.get("arguments")));
      }
    }
    softly.assertAll();
  }

  @Test
  void categoriesHoldTheSameCommands() throws IOException {
    Set<String> names = new TreeSet<>(names());
    for (AclCategory category : AclCategory.values()) {
      Set<String> expected = members(redis, category);
      expected.retainAll(names);
      Set<String> actual = members(ours, category);
      actual.removeAll(NEWER);
      assertThat(actual).as(category.redisName()).isEqualTo(expected);
    }
  }

  /** Returns our commands that Redis has as well. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (RawReply name : ours.ask("COMMAND", "LIST").elements()) {
      if (!NEWER.contains(name.text())) {
        names.add(name.text());
      }
    }
    return names;
  }

  private static Set<String> members(Wire wire, AclCategory category) throws IOException {
    Set<String> members = new TreeSet<>();
    wire.ask("COMMAND", "LIST", "FILTERBY", "ACLCAT", category.redisName())
        .elements()
        .forEach(name -> members.add(name.text()));
    return members;
  }

  /** Returns COMMAND INFO without subcommands, which have rows of their own, and without tips. */
  private static List<String> info(Wire wire, String name) throws IOException {
    RawReply info = wire.ask("COMMAND", "INFO", name).elements().get(0);
    if (info.isNil()) {
      return List.of("unknown");
    }
    List<String> items = new ArrayList<>();
    for (RawReply item : info.elements().subList(0, 9)) {
      items.add(withoutOrder(item));
    }
    return items;
  }

  private static String withoutOrder(RawReply item) {
    if (!item.isAggregate()) {
      return item.inFull();
    }
    Set<String> members = new TreeSet<>();
    List<RawReply> elements = item.elements();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).isAggregate() || !elements.get(i).text().equals("notes")) {
        members.add(withoutOrder(elements.get(i)));
      } else {
        i++;
      }
    }
    return members.toString();
  }

  private static Map<String, RawReply> docs(Wire wire, String name) throws IOException {
    Map<String, RawReply> fields = new TreeMap<>();
    List<RawReply> found = wire.ask("COMMAND", "DOCS", name).elements();
    if (!found.isEmpty()) {
      List<RawReply> elements = found.get(1).elements();
      for (int i = 0; i < elements.size(); i += 2) {
        fields.put(elements.get(i).text(), elements.get(i + 1));
      }
    }
    return fields;
  }

  private static String text(Map<String, RawReply> docs, String field) {
    RawReply value = docs.get(field);
    return value == null ? "" : withoutOrder(value);
  }

  /**
   * Returns the values and tokens of arguments as far as users type them: not the names of groups.
   */
  private static Set<String> words(@Nullable RawReply arguments) {
    Set<String> words = new TreeSet<>();
    if (arguments != null) {
      arguments.elements().forEach(argument -> addWords(argument, words));
    }
    return words;
  }

  private static void addWords(RawReply argument, Set<String> words) {
    Map<String, RawReply> fields = new TreeMap<>();
    List<RawReply> elements = argument.elements();
    for (int i = 0; i < elements.size(); i += 2) {
      fields.put(elements.get(i).text(), elements.get(i + 1));
    }
    if (fields.containsKey("token")) {
      words.add(fields.get("token").text());
    }
    if (fields.containsKey("arguments")) {
      fields.get("arguments").elements().forEach(child -> addWords(child, words));
    } else if (!requireNonNull(fields.get("type")).text().equals("pure-token")) {
      String name = requireNonNull(fields.get("name")).text().toLowerCase(Locale.ROOT);
      words.add(name + ":" + requireNonNull(fields.get("type")).text());
    }
  }
}
