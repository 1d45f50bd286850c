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
 * All users by name, the default user always among them. Names hold one char per byte. Whoever
 * asks may do so on any thread; changes take turns.
 */
public final class Users {
  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  /** Pika's name for it. */
  private static final String LIMITED = "limit";

  private final Grammar grammar;
  private final Map<String, AclUser> byName = new ConcurrentSkipListMap<>();
  private final AclUser defaultUser;
  private volatile String requiredPassword = "";
  private @Nullable AclUser limited; // guarded by this

  /** The default user alone; the table must be complete before rules speak of commands. */
  public Users(CommandTable table) {
    this.grammar = new Grammar(table);
    this.defaultUser = new AclUser(User.DEFAULT_NAME, UserRules.everything(grammar));
    byName.put(User.DEFAULT_NAME, defaultUser);
  }

  /** Whether users made from now on may use all channels unless told otherwise. */
  public void openChannels(boolean open) {
    grammar.channelsOpen(open);
  }

  public @Nullable AclUser find(String name) {
    return byName.get(name);
  }

  /** Whether there are more than so many; takes time in proportion to that, not to all of them. */
  public boolean areMoreThan(int many) {
    return byName.keySet().stream().limit(many + 1L).count() > many;
  }

  /** Whether no user can be called that: files hold names between blanks. */
  public static boolean isBadName(String name) {
    return Blanks.in(name);
  }

  /** All users in the order of their names. */
  public List<AclUser> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Applies rules to a user, who is made if need be; all of them or none.
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

  /** Removes a user, who may do nothing any more; null if there is none. */
  public synchronized @Nullable AclUser remove(String name) {
    AclUser removed = byName.remove(name);
    if (removed != null) {
      removed.rules(new UserRules(grammar));
    }
    return removed;
  }

  /** Rules of users to be, made apart and taken over together. */
  Roster newRoster() {
    return new Roster(grammar, initialRules());
  }

  /** Takes over a roster: these users and no others. Returns those who are gone. */
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

  /** Whoever speaks of the limited user by rules takes it away from {@code userpass}. */
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

  /** Makes this the default user's only password; with an empty one it needs none. */
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

  /** The default user as long as no rule speaks of it. */
  private UserRules initialRules() {
    UserRules rules = UserRules.everything(grammar);
    setPassword(rules, requiredPassword);
    return rules;
  }

  private static String bytesAsChars(String text) {
    return Args.text(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a rule has made the default user another one than {@code requirepass} alone would. */
  boolean defaultUserIsChanged() {
    return !defaultUser.rules().describe().equals(initialRules().describe());
  }

  /**
   * Pika's second password: whoever gives it is the user {@code limit}, who may do everything but
   * run certain commands. As in Pika it means nothing when it is empty or {@code requirepass}.
   *
   * @param forbidden names of commands; those that do not exist here cannot be run anyway
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
        LOG.warn("userblacklist: no command is called '{}'", name);
      }
    }
    limited = new AclUser(LIMITED, rules);
    byName.put(LIMITED, limited);
  }

  /** All users but the one that {@code userpass} tells. */
  synchronized List<AclUser> told() {
    return all().stream().filter(user -> user != limited).toList();
  }

  /** Whether the default user has a password. */
  public boolean passwordRequired() {
    return !defaultUser.rules().needsNoPassword();
  }

  /** The user a new connection is at once; null when it has to log in first. */
  public @Nullable User initialUser() {
    return defaultUser.rules().isOpen() ? defaultUser : null;
  }

  /**
   * The user whom a password alone makes out: the default user, or the one that {@code userpass}
   * tells; null if there is none.
   */
  public @Nullable User authenticate(byte[] password) {
    User user = authenticate(User.DEFAULT_NAME, password);
    return user == null && isLimited() ? authenticate(LIMITED, password) : user;
  }

  private synchronized boolean isLimited() {
    return limited != null;
  }

  /** The user with this name and password who may log in; null if there is none. */
  public @Nullable User authenticate(String name, byte[] password) {
    AclUser user = byName.get(name);
    return user != null && user.rules().accepts(password) ? user : null;
  }
}
