package pika.storage.key;

import java.util.Random;

/**
 * Random units of work on one data type beside a model of it: some of their commands are taken back, some of their steps, and
 * after each of them, and after the commit, the store must hold what the model holds.
 */
public final class ModelUnits {
  private static final int MOST_COMMANDS = 4;

  private ModelUnits() {}

  /** A data type and its model. */
  public interface Subject<M> {
    /** A copy of the model as it is now. */
    M remember();

    /** Makes a copy the model again. */
    void restore(M before);

    /** Does one random thing to both. */
    void run(Keyspace keyspace);

    /** Fails if the two differ. */
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
    // Without locks, and again and again: then whole values are remembered.
    for (int i = 0; i < 3; i++) {
      engine.look(subject::check);
    }
  }
}
