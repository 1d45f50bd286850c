package pika.storage.key;

import java.util.Random;

/**
 * Random units of work on one data type, applied to a model as well: some commands and some steps
 * are rolled back, and after each of them, and after the commit, the store must match the model.
 */
public final class ModelUnits {
  private static final int MOST_COMMANDS = 4;

  private ModelUnits() {}

  /** A data type and its model. */
  public interface Subject<M> {
    /** Returns a copy of the model. */
    M remember();

    /** Restores the model from a copy. */
    void restore(M before);

    /** Applies one random operation to both. */
    void run(Keyspace keyspace);

    /** Asserts that both match. */
    void check(Keyspace keyspace);
  }

  /** Runs one unit of work and commits it. */
  public static <M> void run(TestEngine engine, Random random, Subject<M> subject) {
    try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      Keyspace keyspace = unit.keyspace(0);
      M beforeStep = subject.remember();
      for (int i = 0, commands = 1 + random.nextInt(MOST_COMMANDS); i < commands; i++) {
        M beforeCommand = subject.remember();
        if (i == 0 || random.nextBoolean()) {
          unit.beginCommand(engine.nowMs());
          beforeStep = subject.remember();
        } else {
          unit.nextCommand();
        }
        subject.run(keyspace);
        switch (random.nextInt(8)) {
          case 0 -> {
            unit.rollbackCommand();
            subject.restore(beforeCommand);
          }
          case 1 -> {
            unit.rollbackStep();
            subject.restore(beforeStep);
            beforeStep = subject.remember();
          }
          default -> {}
        }
        unit.nextCommand();
        subject.check(keyspace);
      }
      unit.commit();
    }
    engine.run(subject::check);
    // Repeatedly and without locks: then whole values are cached.
    for (int i = 0; i < 3; i++) {
      engine.look(subject::check);
    }
  }
}
