package pika.tools.bench;

import java.util.ArrayList;
import java.util.List;

/** The cells to measure, in order, grouped by the dataset they share. */
record Matrix(List<Group> groups) {

  /** Cells that a server runs one after the other on the same data. */
  record Group(Dataset dataset, List<Cell> cells) {}

  /**
   * All combinations.
   *
   * @param active the share of clients with requests in flight
   * @param pipelines the depths for every row; empty for each row's own
   */
  static Matrix of(
      List<Row> rows,
      List<Dataset> datasets,
      List<Integer> clients,
      Share active,
      List<Integer> pipelines) {
    List<Group> groups = new ArrayList<>();
    for (Dataset dataset : datasets) {
      List<Cell> cells = new ArrayList<>();
      for (Row row : rows) {
        for (int connections : clients) {
          for (int depth : pipelines.isEmpty() ? row.targetPipelines() : pipelines) {
            cells.add(new Cell(dataset, row, connections, active.of(connections), depth));
          }
        }
      }
      groups.add(new Group(dataset, cells));
    }
    return new Matrix(groups);
  }

  int size() {
    return groups.stream().mapToInt(group -> group.cells().size()).sum();
  }
}
