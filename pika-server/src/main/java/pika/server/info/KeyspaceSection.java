package pika.server.info;

import pika.storage.key.Engine;

/** INFO keyspace: the databases that are not empty. */
public final class KeyspaceSection implements InfoSection {
  private final Engine engine;

  public KeyspaceSection(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Part part() {
    return Part.KEYSPACE;
  }

  @Override
  public void writeTo(InfoText text) {
    for (int db = 0; db < engine.databaseCount(); db++) {
      long keys = engine.keyCount(db);
      if (keys > 0) {
        text.line("db" + db, "keys=" + keys + ",expires=" + engine.expiryCount(db) + ",avg_ttl=0");
      }
    }
  }
}
