package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.acl.Acl;
import pika.server.acl.AclUser;
import pika.server.acl.BadRuleException;
import pika.server.acl.Denial;
import pika.server.acl.RuleWords;
import pika.server.acl.Secrets;
import pika.server.acl.Users;
import pika.server.command.AclCategory;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.session.Sessions;
import pika.server.session.User;

/** ACL: users, their permissions, and the log of refusals. */
final class AclCommands implements Family {
  /** With more rules or users than this, one command would delay others. */
  private static final int MANY = 256;

  private static final String PER_USER = "O(N). Where N is the number of configured users.";

  private final Acl acl;
  private final Users users;
  private final CommandTable table;
  private final Sessions sessions;
  private final UserConnections connections;
  private final AclFileCommands files;

  AclCommands(Acl acl, CommandTable table, Sessions sessions) {
    this.acl = acl;
    this.users = acl.users();
    this.table = table;
    this.sessions = sessions;
    this.connections = new UserConnections(sessions);
    this.files = new AclFileCommands(acl, connections);
  }

  @Override
  public List<Row> commands() {
    return List.of(container("acl")
        .is(SERVER, "6.0.0", "Manages users and their permissions.")
        .with(aboutUsers())
        .with(files.rows())
        .with(forEverybody())
        .with(new AclLogCommand(acl.log()).row())
        .with(help(SERVER, "6.0.0")));
  }

  private Row[] aboutUsers() {
    return new Row[] {
      admin("setuser", -3)
          .is(
              SERVER,
              "6.0.0",
              "O(N). Where N is the number of rules provided.",
              "Creates a user or changes its rules.",
              "username [rule...]")
          .redacted(args -> Redaction.from(args, 2, args.length))
          .placed(args -> args.length > MANY ? Place.SLOW : slowIfCrowded(args))
          .runs(this::setUser),
      admin("getuser", 3)
          .is(
              SERVER,
              "6.0.0",
              "O(N). Where N is the number of password, command and pattern rules that the user"
                  + " has.",
              "Returns the rules of a user.",
              "username")
          .runs(this::getUser),
      admin("deluser", -3)
          .is(
              SERVER,
              "6.0.0",
              "O(1) amortized time considering the typical user.",
              "Deletes users and closes their connections.",
              "username...")
          .placed(this::slowIfCrowded)
          .runs(this::delUser),
      admin("list", 2)
          .is(SERVER, "6.0.0", PER_USER, "Returns all users in the format of an ACL file.", "")
          .placed(this::slowIfCrowded)
          .runs(this::list),
      admin("users", 2)
          .is(SERVER, "6.0.0", PER_USER, "Returns the names of all users.", "")
          .placed(this::slowIfCrowded)
          .runs(this::users),
      admin("dryrun", -4)
          .is(
              SERVER,
              "7.0.0",
              "O(1).",
              "Checks whether a user is allowed to run a command, without running it.",
              "username command [arg...]")
          .runs(this::dryRun)
    };
  }

  private Row[] forEverybody() {
    return new Row[] {
      open("whoami", 2)
          .is(
              SERVER,
              "6.0.0",
              "O(1)",
              "Returns the name of the user this connection is logged in as.",
              "")
          .runs(call -> bulk(User.nameOf(call.session()))),
      open("cat", -2)
          .is(
              SERVER,
              "6.0.0",
              "O(1) since the categories and commands are a fixed set.",
              "Returns the ACL categories, or the commands in one of them.",
              "[categoryname]")
          .runs(this::cat),
      open("genpass", -2)
          .is(
              SERVER,
              "6.0.0",
              "O(1)",
              "Generates a random password for use in ACL rules.",
              "[bits:integer]")
          .runs(this::genPass)
    };
  }

  private static Row admin(String name, int arity) {
    return command(name, arity, ADMIN, NOSCRIPT, LOADING, STALE);
  }

  private static Row open(String name, int arity) {
    return command(name, arity, NOSCRIPT, LOADING, STALE);
  }

  private Place slowIfCrowded(byte[][] args) {
    return sessions.size() > MANY || users.areMoreThan(MANY) ? Place.SLOW : Place.LOOP;
  }

  private Reply setUser(Call call) {
    String name = call.textArg(2);
    if (Users.isBadName(name)) {
      throw new CommandException("ERR Usernames can't contain spaces or null characters");
    }
    List<String> words = new ArrayList<>();
    for (int i = 3; i < call.argCount(); i++) {
      words.add(call.textArg(i));
    }
    try {
      users.change(name, RuleWords.join(words));
    } catch (BadRuleException e) {
      throw new CommandException(
          "ERR Error in ACL SETUSER modifier '" + Args.printed(e.rule()) + "': " + e.reason());
    }
    connections.endOfListeners(call.session());
    return Reply.OK;
  }

  private Reply getUser(Call call) {
    AclUser user = users.find(call.textArg(2));
    return user == null ? Reply.NULL : AclReplies.user(user.rules());
  }

  private Reply delUser(Call call) {
    for (int i = 2; i < call.argCount(); i++) {
      if (call.textArg(i).equals(User.DEFAULT_NAME)) {
        throw new CommandException("ERR The 'default' user cannot be removed");
      }
    }
    List<AclUser> removed = new ArrayList<>();
    for (int i = 2; i < call.argCount(); i++) {
      AclUser user = users.remove(call.textArg(i));
      if (user != null) {
        removed.add(user);
      }
    }
    connections.endOf(removed, call.session());
    return Reply.integer(removed.size());
  }

  private Reply list(Call call) {
    return Reply.array(users.all().stream().map(user -> bulk(user.describe())).toList());
  }

  private Reply users(Call call) {
    return Reply.array(users.all().stream().map(user -> bulk(user.name())).toList());
  }

  private Reply dryRun(Call call) {
    AclUser user = users.find(call.textArg(2));
    if (user == null) {
      throw new CommandException("ERR User '" + Args.printed(call.textArg(2)) + "' not found");
    }
    byte[][] inner = Arrays.copyOfRange(call.args(), 3, call.argCount());
    CommandSpec spec = table.find(inner);
    if (spec == null) {
      throw new CommandException("ERR Command '" + Args.printed(call.textArg(3)) + "' not found");
    }
    if (!spec.accepts(inner.length)) {
      throw CommandException.wrongArity(spec.fullName());
    }
    Denial denial = user.denial(spec, inner);
    return denial == null ? Reply.OK : bulk(denial.dryRunText());
  }

  private Reply cat(Call call) {
    requireAtMost(call, 3);
    if (call.argCount() == 2) {
      return Reply.array(Arrays.stream(AclCategory.values())
          .map(category -> Reply.bulk(category.redisName()))
          .toList());
    }
    AclCategory category = category(call.textArg(2));
    if (category == null) {
      throw new CommandException("ERR Unknown category '" + Args.printed(call.textArg(2)) + "'");
    }
    return Reply.array(table.specs().stream()
        .filter(spec -> spec.categories().contains(category))
        .map(spec -> Reply.bulk(spec.fullName()))
        .toList());
  }

  private static @Nullable AclCategory category(String name) {
    return Arrays.stream(AclCategory.values())
        .filter(category -> category.redisName().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private Reply genPass(Call call) {
    requireAtMost(call, 3);
    long bits = call.argCount() == 3 ? call.longArg(2) : Secrets.DEFAULT_BITS;
    if (bits <= 0 || bits > Secrets.MAX_BITS) {
      throw new CommandException("ERR ACL GENPASS argument must be the number of bits for the"
          + " output password, a positive number up to " + Secrets.MAX_BITS);
    }
    return Reply.bulk(Secrets.make((int) bits));
  }

  /**
   * Checks the number of arguments; as in Redis, too many are reported as an unknown subcommand.
   */
  static void requireAtMost(Call call, int most) {
    if (call.argCount() > most) {
      throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
          + call.textArg(1) + "'. Try " + call.textArg(0).toUpperCase(Locale.ROOT) + " HELP.");
    }
  }

  private static Reply bulk(String text) {
    return Reply.bulk(Args.bytes(text));
  }
}
