package pika.server.acl;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLine;
import pika.server.session.User;

/**
 * The server's users and their source: {@code user} lines of the configuration or the file
 * {@code aclfile}, but not both. Thread-safe.
 */
public final class Acl {
  private static final String TWO_SOURCES =
      "user and aclfile exclude each other: define all users either in"
          + " the configuration or in the ACL file";

  private final Users users;
  private final AclLog log;
  private @Nullable Path file;

  public Acl(Users users, AclLog log) {
    this.users = users;
    this.log = log;
  }

  public Users users() {
    return users;
  }

  /** Returns the log of refusals. */
  public AclLog log() {
    return log;
  }

  /** Returns the ACL file, null when users are in the configuration. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * Sets up the initial users. The command table must be complete.
   *
   * @throws ConfigException naming the line or the user whose rules are invalid
   */
  public void start(Config config) {
    List<ConfigLine> lines = config.get(ConfigKeys.USER);
    String fileName = config.get(ConfigKeys.ACLFILE);
    if (!fileName.isEmpty()) {
      if (!lines.isEmpty()) {
        throw lines.get(0).refused(TWO_SOURCES);
      }
      file = Path.of(fileName);
      load(file);
    } else if (!lines.isEmpty()) {
      users.replace(roster(lines));
    }
  }

  /**
   * Replaces the users by those of a file, atomically; returns the users removed.
   *
   * @throws ConfigException naming all invalid lines
   */
  public List<AclUser> load(Path source) {
    Roster roster = users.newRoster();
    AclFile.read(source, roster);
    return users.replace(roster);
  }

  /**
   * Writes all users to a file, which is unchanged if that fails.
   *
   * @throws ConfigException with the reason alone
   */
  public void save(Path target) {
    AclFile.write(target, users.told());
  }

  private Roster roster(List<ConfigLine> lines) {
    Roster roster = users.newRoster();
    for (ConfigLine line : lines) {
      List<String> words = line.words().stream().map(Acl::bytesAsChars).toList();
      String name = words.get(0);
      if (Blanks.in(name)) {
        throw refused(line, "user names must not contain spaces");
      }
      if (roster.holds(name)) {
        throw refused(
            line, "Duplicate user found. A user can only be defined once in config files");
      }
      addRules(line, words.subList(1, words.size()), roster.add(name));
    }
    return roster;
  }

  private static void addRules(ConfigLine line, List<String> words, UserRules rules) {
    String open = RuleWords.unclosed(words);
    if (open != null) {
      throw refused(line, "Unmatched parenthesis in acl selector");
    }
    for (String rule : RuleWords.join(words)) {
      try {
        rules.apply(rule);
      } catch (BadRuleException e) {
        String which = e.isUnknownCommand() ? "'" + rule + "' " : "";
        throw refused(line, which + e.reason());
      }
    }
  }

  private static ConfigException refused(ConfigLine line, String reason) {
    return line.refused(line.words().get(0) + ": " + reason);
  }

  /**
   * Returns the configuration with the current users, for CONFIG REWRITE; the default user only if
   * {@code requirepass} alone does not describe it.
   */
  public Config rewritten(Config config) {
    List<ConfigLine> lines = new ArrayList<>();
    if (file == null) {
      for (AclUser user : users.told()) {
        if (!user.name().equals(User.DEFAULT_NAME) || users.defaultUserIsChanged()) {
          lines.add(ConfigLine.of(words(user)));
        }
      }
    }
    return config.with(ConfigKeys.USER, List.copyOf(lines));
  }

  /** Returns the words of a user line without {@code user}, which is the setting's name. */
  private static List<String> words(AclUser user) {
    String line = new String(Args.bytes(user.describe()), StandardCharsets.UTF_8);
    if (!bytesAsChars(line).equals(user.describe())) {
      throw new ConfigException(
          "the rules of a user are not valid UTF-8; define the users in an aclfile");
    }
    String[] words = line.split(" ", -1);
    return List.of(words).subList(1, words.length);
  }

  private static String bytesAsChars(String text) {
    return Args.text(text.getBytes(StandardCharsets.UTF_8));
  }
}
