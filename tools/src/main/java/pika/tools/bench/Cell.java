package pika.tools.bench;

/** One figure of the matrix: a row under one load on one dataset. */
record Cell(Dataset dataset, Row row, int clients, int pipeline) {

  /** Requests under way at once. */
  long inFlight() {
    return (long) clients * pipeline;
  }

  @Override
  public String toString() {
    return row.name() + " clients " + clients + " pipeline " + pipeline;
  }
}
