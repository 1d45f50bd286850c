package pika.server.proof.differential;

/**
 * A few writes of every other type on the same keys, so that commands meet a type that is not
 * theirs. Not on the menu of all stories until those types are served.
 */
final class OtherTypesFamily implements Family {
  @Override
  public void addTo(Menu menu) {
    menu.add(12, d -> d.command("SADD").key().times(1, 3, Draft::integer));
    menu.add(12, d -> d.command("HSET").key().times(1, 2, pair -> pair.value().value()));
    menu.add(12, d -> d.command("ZADD").key().and(d.below(100)).value());
    menu.add(
        6, d -> d.command("XADD").key().word("1-1", "2-1", "7-0").and("field").value());
  }
}
