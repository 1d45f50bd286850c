package pika.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pika.server.config.ConfigKey;
import pika.server.config.ConfigKeys;
import pika.server.config.RocksKeys;

/** Every setting on offer is used. */
final class SettingsTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("pika.server");

  @Test
  void everySettingWithAnEffectIsReadBySomebody() {
    List<String> unread = Stream.of(ConfigKeys.class, RocksKeys.class)
        .flatMap(table -> CLASSES.get(table).getFields().stream())
        .filter(field -> field.getRawType().isEquivalentTo(ConfigKey.class))
        .filter(field -> !isReadOutsideOfItsPackage(field))
        .map(JavaField::getName)
        .toList();
    assertThat(unread).isEmpty();
  }

  private static boolean isReadOutsideOfItsPackage(JavaField field) {
    String home = field.getOwner().getPackageName();
    return field.getAccessesToSelf().stream()
        .map(access -> access.getOriginOwner())
        .map(JavaClass::getPackageName)
        .anyMatch(reader -> !reader.equals(home));
  }
}
