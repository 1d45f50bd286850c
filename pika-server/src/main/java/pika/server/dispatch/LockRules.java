package pika.server.dispatch;

import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/** The lock rules of all commands, computed once. Thread-safe. */
final class LockRules {
  /** By {@link CommandSpec#index()}. */
  private final LockRule[] rules;

  /** Computes the rules; the table must be complete. */
  LockRules(CommandTable table) {
    rules = table.specs().stream().map(LockRule::of).toArray(LockRule[]::new);
  }

  LockRule of(CommandSpec spec) {
    return rules[spec.index()];
  }
}
