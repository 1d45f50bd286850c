package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import pika.server.proof.ProofSettings;

/** What stories are about. A new data type has its line here. */
final class Families {
  private Families() {}

  /** Everything that our server serves. */
  static List<Family> served() {
    List<Family> data = List.of(
        new StringFamily(),
        new BitmapFamily(),
        new ListFamily(),
        new HyperLogLogFamily(),
        new HashFamily(),
        new SetFamily(),
        new StreamFamily(),
        new ZSetFamily(),
        new GeoFamily(),
        new KeyFamily(),
        new SortFamily(),
        new ScriptFamily(),
        new FunctionFamily());
    List<Family> families = new ArrayList<>(data);
    families.add(new TransactionFamily(data));
    families.addAll(List.of(new ConnectionFamily(), new ServerFamily(), new AclFamily()));
    if (ProofSettings.otherTypes()) {
      families.add(new OtherTypesFamily());
    }
    return families;
  }
}
