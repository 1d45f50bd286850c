package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import pika.tools.bench.Dataset.Size;

class MatrixTest {

  private static final Dataset SMALL = new Dataset(Size.MEMORY, 10, 100);
  private static final Dataset LARGE = new Dataset(Size.MEMORY, 10, 1000);

  @Test
  void givesEachRowThePipelinesOfItsGoal() {
    Matrix matrix = Matrix.of(
        List.of(Rows.named("GET"), Rows.named("INCR")), List.of(SMALL), List.of(50), List.of());

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
    Matrix matrix =
        Matrix.of(Rows.STRINGS, List.of(SMALL, LARGE), List.of(1, 50, 500), List.of(1, 16, 128));

    assertThat(matrix.groups()).extracting(Matrix.Group::dataset).containsExactly(SMALL, LARGE);
    assertThat(matrix.size()).isEqualTo(Rows.STRINGS.size() * 2 * 3 * 3);
  }

  @Test
  void rowsAreFoundInAnyCase() {
    assertThat(Rows.named("lrange_100").arguments()).containsExactly("LRANGE", "list", "0", "99");
  }

  @Test
  void anUnknownRowIsAnsweredWithThoseThereAre() {
    assertThatThrownBy(() -> Rows.named("NOPE")).hasMessageContaining("GET, MGET, SET");
  }

  @Test
  void aCommandCarriesAValueOfTheDatasetsSize() {
    assertThat(Rows.named("XADD").arguments(3))
        .containsExactly("XADD", "stream", "*", "field", "xxx");
  }
}
