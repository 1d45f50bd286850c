package pika.server.script.function;

import java.util.function.Consumer;
import pika.storage.Store;
import pika.storage.key.UnitOfWork;

/** A shelf that commits each change immediately. */
final class CommittingShelf {
  private final Store store;
  private final LibraryShelf shelf;

  CommittingShelf(Store store, LibraryShelf.Probe probe) {
    this.store = store;
    this.shelf = new LibraryShelf(store.functions(), probe);
  }

  LibraryShelf shelf() {
    return shelf;
  }

  void open() {
    shelf.open();
  }

  Libraries libraries() {
    return shelf.libraries();
  }

  byte[] dump() {
    return shelf.libraries().payload();
  }

  void load(byte[] code) {
    commit(unit -> shelf.load(unit, code, false));
  }

  void delete(String name) {
    commit(unit -> shelf.delete(unit, name));
  }

  void flush() {
    commit(shelf::flush);
  }

  void restore(byte[] payload, LibraryShelf.Policy policy) {
    commit(unit -> shelf.restore(unit, payload, policy));
  }

  /** Makes changes in one unit of work and commits them. */
  void commit(Consumer<UnitOfWork> changes) {
    change(unit -> {
      changes.accept(unit);
      unit.commit();
    });
  }

  /** Makes changes in one unit of work without committing them. */
  void change(Consumer<UnitOfWork> changes) {
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      unit.beginCommand(0);
      changes.accept(unit);
    }
  }
}
