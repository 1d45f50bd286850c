package pika.server.proof.differential;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import pika.server.proof.RawReply;

/**
 * When two answers to the same command say the same. Most must be equal byte for byte; where Redis
 * itself may answer one way or another (time, order, addresses), the rule stands next to the
 * command.
 */
@FunctionalInterface
interface Agreement {
  boolean agree(RawReply oracle, RawReply subject);

  /** The same bytes. */
  Agreement EXACT = RawReply::equals;

  /** The same kind of reply, whatever it says; errors and nil must still be equal. */
  Agreement SAME_KIND = (oracle, subject) -> (oracle.isError() || oracle.isNil())
      ? oracle.equals(subject)
      : oracle.type() == subject.type() && !subject.isNil();

  /** A size each server reckons by itself, or nil; Redis weighs a key that has expired, too. */
  Agreement SIZE_OR_NIL = (oracle, subject) ->
      oracle.isError() ? oracle.equals(subject) : subject.isNil() || subject.type() == ':';

  /** The same members, in any order. */
  Agreement UNORDERED = (oracle, subject) -> oracle.type() == subject.type()
      && (oracle.isAggregate() ? sorted(oracle).equals(sorted(subject)) : oracle.equals(subject));

  /** Every member of ours is one of Redis', for lists of what a server offers. */
  Agreement SUBSET = (oracle, subject) -> oracle.isAggregate()
      ? oracle.type() == subject.type() && sorted(oracle).containsAll(sorted(subject))
      : oracle.equals(subject);

  /** Texts of the same length. */
  Agreement SAME_LENGTH = (oracle, subject) -> oracle.isError()
      ? oracle.equals(subject)
      : oracle.text().length() == subject.text().length();

  /**
   * Users and their rules, but for which rules about commands stand for the same rights: Redis
   * guesses them anew from the rights, we remember them.
   */
  Agreement USER_RULES =
      (oracle, subject) -> withoutCommandRules(oracle).equals(withoutCommandRules(subject));

  /** Lines of {@code INFO keyspace}: keys and expires count, the average is an estimate. */
  Agreement KEYSPACE = (oracle, subject) ->
      oracle.type() == subject.type() && counts(oracle).equals(counts(subject));

  /** Every section heading of Redis that we promise is there. */
  Agreement INFO_SECTIONS = (oracle, subject) ->
      SAME_KIND.agree(oracle, subject) && headings(subject).containsAll(headings(oracle));

  /**
   * One or more lines of CLIENT LIST: every field of Redis is there, what is ours to say is equal.
   */
  Agreement CLIENT_LINES = ClientLines::agree;

  /** COMMAND INFO: names, arity, key positions equal; flags and categories as sets. */
  Agreement COMMAND_ROWS = CommandRows::agree;

  /** Integers at most {@code tolerance} apart; what is not a time (-1, -2) is exact. */
  static Agreement near(long tolerance) {
    return (oracle, subject) -> {
      boolean times = oracle.type() == ':' && subject.type() == ':' && oracle.asLong() >= 0;
      return times
          ? Math.abs(oracle.asLong() - subject.asLong()) <= tolerance && subject.asLong() >= 0
          : oracle.equals(subject);
    };
  }

  /** Maps (in RESP2: arrays of keys and values) that are equal but for the values of some keys. */
  static Agreement mapBut(String... keys) {
    Set<String> free = Set.of(keys);
    return (oracle, subject) -> oracle.isAggregate()
        ? oracle.type() == subject.type() && fields(oracle, free).equals(fields(subject, free))
        : oracle.equals(subject);
  }

  private static String fields(RawReply map, Set<String> free) {
    List<RawReply> elements = map.elements();
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i + 1 < elements.size(); i += 2) {
      RawReply value = elements.get(i + 1);
      boolean isFree = free.contains(elements.get(i).text());
      fields.append(elements.get(i).inFull()).append(isFree ? value.type() : value.inFull());
    }
    return fields.toString();
  }

  private static List<String> sorted(RawReply aggregate) {
    return aggregate.elements().stream().map(RawReply::inFull).sorted().toList();
  }

  private static Set<String> headings(RawReply info) {
    Predicate<String> promised = line -> line.startsWith("# ") && !line.equals("# Modules");
    return info.text().lines().filter(promised).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withoutCommandRules(RawReply users) {
    return users.inFull().replaceAll("([+-]@all)[^()\"]*", "$1");
  }

  private static String counts(RawReply info) {
    return info.text().replaceAll(",avg_ttl=\\d+", "");
  }
}
