package pika.server.acl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.command.Args;
import pika.server.command.CommandTable;
import pika.server.session.User;

/**
 * All users by name, always including the default user. Names have one char per byte. Reads are
 * thread-safe; changes are serialized.
 */
public final class Users {
  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  /** The user that {@code userpass} defines, as Pika calls it. */
  private static final String LIMITED = "limit";

  private final Grammar grammar;
  private final Map<String, AclUser> byName = new ConcurrentSkipListMap<>();
  private final AclUser defaultUser;
  private volatile String requiredPassword = "";
  private @Nullable AclUser limited; // guarded by this

  /**
   * Creates the registry with the default user; the table must be complete before rules refer to
   * commands.
   */
  public Users(CommandTable table) {
    this.grammar = new Grammar(table);
    this.defaultUser = new AclUser(User.DEFAULT_NAME, UserRules.everything(grammar));
    byName.put(User.DEFAULT_NAME, defaultUser);
  }

  /** Sets whether users created from now on may use all channels by default. */
  public void openChannels(boolean open) {
    grammar.channelsOpen(open);
  }

  public @Nullable AclUser find(String name) {
    return byName.get(name);
  }

  /**
   * Returns whether there are more than {@code many} users, in time proportional to that, not to
   * the number of users.
   */
  public boolean areMoreThan(int many) {
    return byName.keySet().stream().limit(many + 1L).count() > many;
  }

  /** Returns whether a name is invalid: files separate names by blanks. */
  public static boolean isBadName(String name) {
    return Blanks.in(name);
  }

  /** Returns all users in name order. */
  public List<AclUser> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Applies rules to a user, who is created if necessary; all of them or none.
   *
   * @param rules joined by {@link RuleWords}
   */
  public synchronized void change(String name, List<String> rules) throws BadRuleException {
    leaveToRules(Set.of(name));
    AclUser user = byName.get(name);
    UserRules changed = user == null ? new UserRules(grammar) : user.rules().copy();
    changed.applyAll(rules);
    put(name, changed);
  }

  /** Removes a user, who may do nothing any more; returns null if there is none. */
  public synchronized @Nullable AclUser remove(String name) {
    AclUser removed = byName.remove(name);
    if (removed != null) {
      removed.rules(new UserRules(grammar));
    }
    return removed;
  }

  /** Returns a roster to be filled and then passed to {@link #replace}. */
  Roster newRoster() {
    return new Roster(grammar, initialRules());
  }

  /** Replaces all users by those of a roster. Returns the users removed. */
  synchronized List<AclUser> replace(Roster roster) {
    List<AclUser> gone = new ArrayList<>();
    leaveToRules(roster.rules().keySet());
    for (AclUser user : all()) {
      if (user != limited && !roster.rules().containsKey(user.name())) {
        byName.remove(user.name());
        user.rules(new UserRules(grammar));
        gone.add(user);
      }
    }
    roster.rules().forEach(this::put);
    return gone;
  }

  /** Rules for the limited user detach it from {@code userpass}. */
  private void leaveToRules(Set<String> names) {
    if (names.contains(LIMITED)) {
      limited = null;
    }
  }

  private void put(String name, UserRules rules) {
    AclUser user = byName.get(name);
    if (user == null) {
      byName.put(name, new AclUser(name, rules));
    } else {
      user.rules(rules);
    }
  }

  /** Makes this the default user's only password; if it is empty, none is needed. */
  public synchronized void requirePassword(String password) {
    requiredPassword = bytesAsChars(password);
    UserRules changed = defaultUser.rules().copy();
    setPassword(changed, requiredPassword);
    defaultUser.rules(changed);
  }

  private static void setPassword(UserRules rules, String password) {
    try {
      rules.apply("resetpass");
      rules.apply(password.isEmpty() ? "nopass" : ">" + password);
    } catch (BadRuleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the default user's rules when no rule has changed them. */
  private UserRules initialRules() {
    UserRules rules = UserRules.everything(grammar);
    setPassword(rules, requiredPassword);
    return rules;
  }

  private static String bytesAsChars(String text) {
    return Args.text(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether a rule has changed the default user beyond {@code requirepass}. */
  boolean defaultUserIsChanged() {
    return !defaultUser.rules().describe().equals(initialRules().describe());
  }

  /**
   * Sets Pika's second password: with it, a client is the user {@code limit}, who may do everything
   * but run certain commands. As in Pika, it has no effect when it is empty or equal to
   * {@code requirepass}.
   *
   * @param forbidden names of commands; unknown ones are ignored, since they can't be run anyway
   */
  public synchronized void limit(String password, List<String> forbidden) {
    if (limited != null) {
      byName.remove(LIMITED, limited);
      limited.rules(new UserRules(grammar));
      limited = null;
    }
    String secret = bytesAsChars(password);
    if (secret.isEmpty() || secret.equals(requiredPassword)) {
      return;
    }
    UserRules rules = UserRules.everything(grammar);
    setPassword(rules, secret);
    for (String name : forbidden) {
      try {
        rules.apply("-" + name);
      } catch (BadRuleException e) {
        LOG.warn("userblacklist: ignoring unknown command '{}'", name);
      }
    }
    limited = new AclUser(LIMITED, rules);
    byName.put(LIMITED, limited);
  }

  /** Returns all users except the one that {@code userpass} defines. */
  synchronized List<AclUser> told() {
    return all().stream().filter(user -> user != limited).toList();
  }

  /** Returns whether the default user needs a password. */
  public boolean passwordRequired() {
    return !defaultUser.rules().needsNoPassword();
  }

  /** Returns the user of a new connection; null when it has to log in first. */
  public @Nullable User initialUser() {
    return defaultUser.rules().isOpen() ? defaultUser : null;
  }

  /**
   * Returns the user that a password alone identifies: the default user, or the one that
   * {@code userpass} defines; null if it is wrong.
   */
  public @Nullable User authenticate(byte[] password) {
    User user = authenticate(User.DEFAULT_NAME, password);
    return user == null && isLimited() ? authenticate(LIMITED, password) : user;
  }

  private synchronized boolean isLimited() {
    return limited != null;
  }

  /** Returns the user with this name and password, if allowed to log in, else null. */
  public @Nullable User authenticate(String name, byte[] password) {
    AclUser user = byName.get(name);
    return user != null && user.rules().accepts(password) ? user : null;
  }
}
