package pika.server.command;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The command categories that ACL rules refer to, in the order in which Redis lists them. */
public enum AclCategory {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  /** Returns the name without the {@code @}. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the declared categories and those implied by a command's flags; every command is either
   * fast or slow.
   */
  static Set<AclCategory> impliedBy(Set<Flag> flags, Set<AclCategory> declared) {
    Set<AclCategory> all = EnumSet.noneOf(AclCategory.class);
    all.addAll(declared);
    if (flags.contains(Flag.WRITE)) {
      all.add(WRITE);
    }
    if (flags.contains(Flag.READONLY) && !declared.contains(SCRIPTING)) {
      all.add(READ);
    }
    if (flags.contains(Flag.ADMIN)) {
      all.add(ADMIN);
      all.add(DANGEROUS);
    }
    if (flags.contains(Flag.PUBSUB)) {
      all.add(PUBSUB);
    }
    if (flags.contains(Flag.BLOCKING)) {
      all.add(BLOCKING);
    }
    all.add(flags.contains(Flag.FAST) ? FAST : SLOW);
    return all;
  }
}
