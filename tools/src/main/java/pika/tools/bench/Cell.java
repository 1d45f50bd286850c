package pika.tools.bench;

import pika.tools.drive.Load;
import pika.tools.drive.Numbers;

/**
 * One cell of the matrix: a row under one load on one dataset.
 *
 * @param clients open connections
 * @param active how many of them have requests in flight
 */
record Cell(Dataset dataset, Row row, int clients, int active, int pipeline) {

  Load load() {
    Numbers numbers = Numbers.below(row.fill().keyCount(dataset.keys()));
    return new Load(row.operations(), clients, active, pipeline, numbers, dataset.valueBytes());
  }

  /** The number of connections, for the report. */
  String clientsText() {
    return active == clients ? Integer.toString(clients) : clients + " (" + active + " active)";
  }

  @Override
  public String toString() {
    return row.name() + " clients " + clientsText() + " pipeline " + pipeline;
  }
}
