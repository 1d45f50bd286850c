package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import pika.tools.bench.Dataset.Size;
import pika.tools.drive.Operation;

class MatrixTest {

  private static final Dataset SMALL = new Dataset(Size.MEMORY, 10, 100);
  private static final Dataset LARGE = new Dataset(Size.MEMORY, 10, 1000);

  @Test
  void givesEachRowThePipelinesOfItsGoal() {
    Matrix matrix = Matrix.of(
        List.of(Rows.named("GET"), Rows.named("INCR")),
        List.of(SMALL),
        List.of(50),
        Share.ALL,
        List.of());

    assertThat(matrix.groups().get(0).cells())
        .extracting(Cell::toString)
        .containsExactly(
            "GET clients 50 pipeline 1",
            "GET clients 50 pipeline 16",
            "GET clients 50 pipeline 128",
            "INCR clients 50 pipeline 16");
  }

  @Test
  void combinesEverythingWithEverything() {
    Matrix matrix = Matrix.of(
        Rows.STRINGS, List.of(SMALL, LARGE), List.of(1, 50, 500), Share.ALL, List.of(1, 16, 128));

    assertThat(matrix.groups()).extracting(Matrix.Group::dataset).containsExactly(SMALL, LARGE);
    assertThat(matrix.size()).isEqualTo(Rows.STRINGS.size() * 2 * 3 * 3);
  }

  @Test
  void rowsAreFoundInAnyCase() {
    assertThat(Rows.named("lrange_100").operations())
        .containsExactly(Operation.of(1, "LRANGE list 0 99"));
  }

  @Test
  void ofManyConnectionsAShareIsActive() {
    Cell cell = Matrix.of(
            List.of(Rows.named("GET")),
            List.of(SMALL),
            List.of(20_000),
            new Share.Converter().convert("5%"),
            List.of(1))
        .groups()
        .get(0)
        .cells()
        .get(0);

    assertThat(cell).hasToString("GET clients 20000 (1000 active) pipeline 1");
    assertThat(cell.load().active()).isEqualTo(1000);
  }

  @Test
  void anUnknownRowIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Rows.named("NOPE")).hasMessageContaining("GET, MGET, SET");
  }
}
