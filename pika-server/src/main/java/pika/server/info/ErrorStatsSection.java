package pika.server.info;

import pika.server.stats.ErrorStats;

/** INFO errorstats: error replies by code. */
public final class ErrorStatsSection implements InfoSection {
  private final ErrorStats errors;

  public ErrorStatsSection(ErrorStats errors) {
    this.errors = errors;
  }

  @Override
  public Part part() {
    return Part.ERRORSTATS;
  }

  @Override
  public void writeTo(InfoText text) {
    errors.counts().forEach((code, count) -> text.line("errorstat_" + code, "count=" + count));
  }

  @Override
  public void resetStatistics() {
    errors.reset();
  }
}
