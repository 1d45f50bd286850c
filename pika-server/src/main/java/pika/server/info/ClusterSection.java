package pika.server.info;

/** INFO cluster: cluster mode is off. */
public final class ClusterSection implements InfoSection {
  @Override
  public Part part() {
    return Part.CLUSTER;
  }

  @Override
  public void writeTo(InfoText text) {
    text.line("cluster_enabled", 0);
  }
}
