package pika.server.acl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pika.server.acl.Denial.Reason;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/** The meaning of rules, and that their description gives the same rules again. */
final class UserRulesTest {
  private static final List<String> WORDS = List.of(
      "on",
      "off",
      "nopass",
      "resetpass",
      ">a",
      ">b",
      "<a",
      "~*",
      "~a*",
      "%R~b*",
      "%W~b*",
      "%RW~c",
      "resetkeys",
      "&*",
      "&a*",
      "&b",
      "resetchannels",
      "+@all",
      "-@all",
      "+get",
      "-get",
      "+set",
      "+@read",
      "-@read",
      "+@write",
      "-@fast",
      "+@string",
      "+config",
      "-config",
      "+config|get",
      "-config|set",
      "+select|0",
      "+select|1",
      "-select",
      "+select",
      "(~x +get)",
      "(%R~* +@all)",
      "clearselectors",
      "sanitize-payload",
      "skip-sanitize-payload",
      "reset");

  private static final List<String> CALLS = List.of(
      "get a",
      "get b1",
      "get c",
      "get x",
      "set a 1",
      "set b 1",
      "set c 1",
      "mget a1 b1",
      "mget a c x",
      "exists b",
      "copy a b",
      "copy b a",
      "select 0",
      "select 1",
      "select 2",
      "auth x y",
      "config get x",
      "config set x y",
      "publish a1 x",
      "publish z x",
      "subscribe a b",
      "subscribe b c",
      "psubscribe a*",
      "psubscribe a");

  private final CommandTable table = SampleCommands.table();
  private final Grammar grammar = new Grammar(table);

  @Test
  void aNewUserMayDoNothingButLogIn() throws Exception {
    UserRules rules = rules();
    assertThat(rules.describe()).isEqualTo("off resetchannels -@all");
    assertThat(reason(rules, "get a")).isEqualTo(Reason.COMMAND);
    assertThat(denial(rules, "auth x y")).isNull();
  }

  @Test
  void keysAreAllowedForReadingOrWritingOrBoth() throws Exception {
    UserRules rules = rules("+@all", "~a*", "%R~r*", "%W~w*");
    assertThat(denial(rules, "get a1")).isNull();
    assertThat(denial(rules, "copy r1 w1")).isNull();
    assertThat(reason(rules, "copy w1 r1")).isEqualTo(Reason.KEY);
    assertThat(denial(rules, "exists w1")).isNull();
    assertThat(requireNonNull(denial(rules, "mget a1 r1 z w1")).position()).isEqualTo(3);
  }

  @Test
  void rightsOfTheSamePatternAddUp() throws Exception {
    assertThat(rules("%R~a", "%w~a", "%WR~b").root().keysText()).isEqualTo("~a ~b");
  }

  @Test
  void aSelectorMustAllowAllOfACall() throws Exception {
    UserRules rules = rules("+get", "~a", "(+set ~b)");
    assertThat(denial(rules, "get a")).isNull();
    assertThat(denial(rules, "set b 1")).isNull();
    assertThat(reason(rules, "set a 1")).isEqualTo(Reason.KEY);
    assertThat(reason(rules, "get b")).isEqualTo(Reason.KEY);
    assertThat(reason(rules, "mget a")).isEqualTo(Reason.COMMAND);
  }

  @Test
  void channelsArePatternsButPatternsAreNames() throws Exception {
    UserRules rules = rules("+@all", "&news.*");
    assertThat(denial(rules, "publish news.a hello")).isNull();
    assertThat(denial(rules, "psubscribe news.*")).isNull();
    assertThat(reason(rules, "psubscribe news.a*")).isEqualTo(Reason.CHANNEL);
    assertThat(reason(rules, "subscribe news.a other")).isEqualTo(Reason.CHANNEL);
  }

  @Test
  void whatLaterRulesCoverIsNotSaid() throws Exception {
    assertThat(commands("+get", "+set", "-get")).isEqualTo("-@all +set");
    assertThat(commands("+@all", "-get", "+get")).isEqualTo("+@all");
    assertThat(commands("+config|get", "+config")).isEqualTo("-@all +config");
    assertThat(commands("+config", "-config|get")).isEqualTo("-@all +config -config|get");
    assertThat(commands("+get", "+@read", "-@read")).isEqualTo("-@all");
    assertThat(commands("+select|0", "+select")).isEqualTo("-@all +select");
  }

  @Test
  void onlyAllOfEverythingIsUnrestricted() throws Exception {
    assertThat(rules("+@all", "~*", "&*").allowsAll()).isTrue();
    assertThat(rules("+@all", "-get", "+get", "~*", "&*").allowsAll()).isTrue();
    assertThat(rules("+@all", "-get", "~*", "&*").allowsAll()).isFalse();
    assertThat(rules("+@all", "%R~*", "%W~*", "&*").allowsAll()).isFalse();
    assertThat(rules("+@all", "~*").allowsAll()).isFalse();
  }

  @Test
  void passwordsAreKeptAsHashesAndAcceptedOnlyWhileOn() throws Exception {
    UserRules rules = rules(">secret", "on");
    assertThat(rules.passwordHashes()).hasSize(1).noneMatch(hash -> hash.contains("secret"));
    assertThat(rules.accepts("secret".getBytes(US_ASCII))).isTrue();
    assertThat(rules.accepts(new byte[0])).isFalse();
    rules.apply("off");
    assertThat(rules.accepts("secret".getBytes(US_ASCII))).isFalse();
  }

  @Test
  void aMistakeInsideOfASelectorNamesTheSelector() {
    assertThatThrownBy(() -> rules("(~a on)"))
        .isInstanceOfSatisfying(
            BadRuleException.class, e -> assertThat(e.rule()).isEqualTo("(~a on)"));
  }

  /** In a file, what follows a blank would be the next rule or the next line. */
  @Test
  void rulesHaveNoBlanks() {
    for (String rule : List.of("+get|a b", "+get|a\tb", "+get|a\nuser x", "~a b", "&a b")) {
      assertThatThrownBy(() -> rules(rule)).as(rule).isInstanceOf(BadRuleException.class);
    }
  }

  /** Any rules in any order: their description gives a user with the same rights. */
  @Test
  void theTextOfRulesMakesTheSameRules() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 3000; round++) {
      UserRules rules = rules();
      List<String> applied = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        try {
          rules.apply(word);
          applied.add(word);
        } catch (BadRuleException e) {
          // Not every rule may follow every other; a rejected one has changed nothing.
          assertThat(e.rule()).isEqualTo(word);
        }
      }
      UserRules again = rules();
      again.applyAll(RuleWords.join(RuleWords.between(rules.describe())));
      assertThat(again.describe()).as("%s", applied).isEqualTo(rules.describe());
      for (String call : CALLS) {
        assertThat(denial(again, call)).as("%s: %s", applied, call).isEqualTo(denial(rules, call));
      }
    }
  }

  /** The shortened text must mean the same as the individual rules. */
  @Test
  void commandsAreAllowedAsTheLastRuleAboutThemSays() throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 3000; round++) {
      UserRules rules = rules();
      List<String> applied = new ArrayList<>();
      boolean get = false;
      boolean configSet = false;
      for (int i = random.nextInt(10); i >= 0; i--) {
        String word = WORDS.get(17 + random.nextInt(13));
        applied.add(word);
        rules.apply(word);
        boolean adds = word.startsWith("+");
        if (List.of("@all", "get", "@read", "@fast", "@string").contains(word.substring(1))) {
          get = adds;
        }
        if (List.of("@all", "config", "config|set", "@string").contains(word.substring(1))) {
          configSet = adds;
        }
      }
      rules.apply("allkeys");
      assertThat(denial(rules, "get a") == null).as("get after %s", applied).isEqualTo(get);
      assertThat(denial(rules, "config set a b") == null)
          .as("config set after %s", applied)
          .isEqualTo(configSet);
    }
  }

  private UserRules rules(String... words) throws BadRuleException {
    UserRules rules = new UserRules(grammar);
    rules.applyAll(List.of(words));
    return rules;
  }

  private String commands(String... words) throws BadRuleException {
    return rules(words).root().commandsText();
  }

  private @Nullable Denial denial(UserRules rules, String line) {
    byte[][] args = SampleCommands.call(line);
    CommandSpec spec = requireNonNull(table.find(args));
    return rules.denial(spec, args);
  }

  private Reason reason(UserRules rules, String line) {
    return requireNonNull(denial(rules, line)).reason();
  }
}
