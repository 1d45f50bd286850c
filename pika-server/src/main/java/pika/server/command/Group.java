package pika.server.command;

import java.util.Locale;
import java.util.Set;

/** The chapter of the manual that a command belongs to, and the ACL category it implies. */
public enum Group {
  GENERIC(AclCategory.KEYSPACE),
  STRING(AclCategory.STRING),
  LIST(AclCategory.LIST),
  SET(AclCategory.SET),
  SORTED_SET(AclCategory.SORTEDSET),
  HASH(AclCategory.HASH),
  PUBSUB(AclCategory.PUBSUB),
  TRANSACTIONS(AclCategory.TRANSACTION),
  CONNECTION(AclCategory.CONNECTION),
  SERVER,
  SCRIPTING(AclCategory.SCRIPTING),
  HYPERLOGLOG(AclCategory.HYPERLOGLOG),
  GEO(AclCategory.GEO),
  STREAM(AclCategory.STREAM),
  BITMAP(AclCategory.BITMAP),
  CLUSTER;

  private final Set<AclCategory> categories;

  Group(AclCategory... categories) {
    this.categories = Set.of(categories);
  }

  /** Returns the name that COMMAND DOCS reports: {@code sorted-set}. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Set<AclCategory> categories() {
    return categories;
  }
}
