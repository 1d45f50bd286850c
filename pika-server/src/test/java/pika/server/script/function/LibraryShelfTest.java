package pika.server.script.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.command.CommandException;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.rocks.StorageException;

class LibraryShelfTest {
  @TempDir
  Path root;

  private int dumps;

  @Test
  void librariesSurviveARestart() {
    onShelf(shelf -> {
      shelf.load(library("b", "g"));
      shelf.load(library("a", "f"));
      shelf.delete("b");
      shelf.load(library("c", "h"));
    });
    onShelf(shelf -> {
      assertThat(names(shelf)).containsExactly("a", "c");
      assertThat(shelf.libraries().find("H")).isNotNull();
      assertThat(shelf.libraries().find("g")).isNull();
      shelf.flush();
    });
    onShelf(shelf -> assertThat(names(shelf)).isEmpty());
  }

  @Test
  void whatFailsChangesNothing() {
    onShelf(shelf -> {
      shelf.load(library("a", "f"));
      byte[] before = shelf.dump();
      assertRefused(() -> shelf.load(library("a", "g")), "ERR Library 'a' already exists");
      assertRefused(() -> shelf.load(library("b", "F")), "ERR Function F already exists");
      assertRefused(() -> shelf.load(library("b", "")), "ERR No functions registered");
      assertRefused(() -> shelf.delete("A"), "ERR Library not found");
      byte[] other = dumpOf(library("a", "x"), library("c", "y"));
      assertRefused(
          () -> shelf.restore(other, LibraryShelf.Policy.APPEND), "ERR Library a already exists");
      byte[] colliding = dumpOf(library("c", "f"));
      assertRefused(
          () -> shelf.restore(colliding, LibraryShelf.Policy.REPLACE),
          "ERR Function f already exists");
      assertThat(shelf.dump()).isEqualTo(before);
    });
    onShelf(shelf -> assertThat(names(shelf)).containsExactly("a"));
  }

  @Test
  void aDumpIsRestoredAsThePolicySays() {
    byte[] dump = dumpOf(library("a", "x"), library("b", "y"));
    onShelf(shelf -> {
      shelf.load(library("a", "f"));
      shelf.load(library("c", "h"));
      shelf.restore(dump, LibraryShelf.Policy.REPLACE);
      assertThat(names(shelf)).containsExactly("a", "b", "c");
      assertThat(shelf.libraries().find("f")).isNull();
      shelf.restore(dump, LibraryShelf.Policy.FLUSH);
      assertThat(names(shelf)).containsExactly("a", "b");
      shelf.flush();
      shelf.restore(dump, LibraryShelf.Policy.APPEND);
      assertThat(shelf.dump()).isEqualTo(dump);
    });
  }

  @Test
  void damagedPayloadsAreRefused() {
    byte[] dump = dumpOf(library("a", "x"));
    dump[3] ^= 1;
    onShelf(shelf -> assertRefused(
        () -> shelf.restore(dump, LibraryShelf.Policy.APPEND),
        "ERR DUMP payload version or checksum are wrong"));
  }

  @Test
  void aStoredLibraryThatNoLongerLoadsStopsTheStart() {
    onShelf(shelf -> shelf.load(library("a", "f")));
    try (Store store = Store.open(StoreOptions.in(root.resolve("data")))) {
      CommittingShelf shelf = new CommittingShelf(store, body -> {
        throw new CommandException("ERR Error compiling function: x");
      });
      assertThatThrownBy(shelf::open)
          .isInstanceOf(StorageException.class)
          .hasMessage("can't load the stored library a: ERR Error compiling function: x");
    }
  }

  @Test
  void aUnitSeesItsOwnChangesAndOthersWhatIsCommitted() {
    onShelf(shelf -> {
      shelf.load(library("a", "f"));
      shelf.change(unit -> {
        shelf.shelf().flush(unit);
        unit.nextCommand();
        shelf.shelf().load(unit, library("a", "g"), false);
        assertThat(shelf.shelf().libraries(unit).find("g")).isNotNull();
        assertThat(shelf.libraries().find("g")).isNull();
        unit.rollbackCommand();
        assertThat(shelf.shelf().libraries(unit).all()).isEmpty();
        assertThat(names(shelf)).containsExactly("a");
        unit.rollbackStep();
        assertThat(shelf.shelf().libraries(unit).find("f")).isNotNull();
        shelf.shelf().flush(unit);
      });
      assertThat(names(shelf)).containsExactly("a");
    });
    onShelf(shelf -> {
      assertThat(names(shelf)).containsExactly("a");
      shelf.commit(unit -> {
        shelf.shelf().flush(unit);
        unit.nextCommand();
        shelf.shelf().load(unit, library("b", "g"), false);
      });
      assertThat(names(shelf)).containsExactly("b");
    });
    onShelf(shelf -> assertThat(names(shelf)).containsExactly("b"));
  }

  private interface Use {
    void of(CommittingShelf shelf);
  }

  private void onShelf(Use use) {
    try (Store store = Store.open(StoreOptions.in(root.resolve("data")))) {
      CommittingShelf shelf = new CommittingShelf(store, LibraryShelfTest::registered);
      shelf.open();
      use.of(shelf);
    }
  }

  private byte[] dumpOf(byte[]... libraries) {
    try (Store store = Store.open(StoreOptions.in(root.resolve("dump" + ++dumps)))) {
      CommittingShelf shelf = new CommittingShelf(store, LibraryShelfTest::registered);
      for (byte[] library : libraries) {
        shelf.load(library);
      }
      return shelf.dump();
    }
  }

  /** Treats the words of the body as the functions. */
  private static List<Function> registered(byte[] body) {
    List<Function> functions = new ArrayList<>();
    for (String name : new String(body, ISO_8859_1).strip().split(" ", -1)) {
      if (!name.isEmpty()) {
        functions.add(new Function(name, null, Set.of()));
      }
    }
    if (functions.isEmpty()) {
      throw new CommandException("ERR No functions registered");
    }
    return functions;
  }

  private static void assertRefused(Runnable change, String text) {
    assertThatThrownBy(change::run).isInstanceOf(CommandException.class).hasMessage(text);
  }

  private static List<String> names(CommittingShelf shelf) {
    return shelf.libraries().all().stream().map(Library::name).toList();
  }

  private static byte[] library(String name, String functions) {
    return ("#!lua name=" + name + "\n" + functions).getBytes(ISO_8859_1);
  }
}
