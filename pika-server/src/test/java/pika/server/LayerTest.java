package pika.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/**
 * The dependency rules: two leaves, pika-net and pika-storage, and pika-server, which joins them.
 * The tools are not on this module's class path; their pom restricts them to pika-net.
 */
final class LayerTest {
  private static final String NET = "pika.net..";
  private static final String STORAGE = "pika.storage..";
  private static final String SERVER = "pika.server..";
  private static final String NETTY = "io.netty..";
  private static final String ROCKSDB = "org.rocksdb..";

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("pika");

  @Test
  void netKnowsNeitherStorageNorServer() {
    noClasses()
        .that()
        .resideInAPackage(NET)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STORAGE, SERVER)
        .check(CLASSES);
  }

  @Test
  void storageKnowsNeitherNetNorServer() {
    noClasses()
        .that()
        .resideInAPackage(STORAGE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NET, SERVER)
        .check(CLASSES);
  }

  @Test
  void onlyTheNetworkSeesNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(NET)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(NETTY)
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageSeesRocksDb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("pika.storage.rocks")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROCKSDB)
        .check(CLASSES);
  }

  /** The rule is about packages, not modules; the root package counts too. */
  @Test
  void packagesFormNoCycle() {
    slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(CLASSES);
  }

  private static final class PackageSlices implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
