package pika.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OpenFilesTest {
  private static final int ALL = -1;

  @Test
  void clientsGetWhatIsConfiguredWhereFilesSuffice() {
    assertThat(OpenFiles.mostClients(20_000, ALL, 1 << 20)).isEqualTo(20_000);
    assertThat(OpenFiles.mostClients(20_000, ALL, Long.MAX_VALUE)).isEqualTo(20_000);
    assertThat(OpenFiles.mostClients(4_294_967_295L, ALL, Long.MAX_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void clientsLeaveFilesToTheDatabase() {
    assertThat(OpenFiles.mostClients(20_000, ALL, 4096)).isEqualTo(3008);
    assertThat(OpenFiles.mostClients(100, ALL, 4096)).isEqualTo(100);
    assertThat(OpenFiles.mostClients(20_000, ALL, 1)).isEqualTo(1);
  }

  @Test
  void clientsGetTheFilesThatTheDatabaseDoesNotKeepOpen() {
    assertThat(OpenFiles.mostClients(20_000, 500, 20_000)).isEqualTo(19_436);
    assertThat(OpenFiles.mostClients(20_000, 5_000_000, 4096)).isEqualTo(3008);
  }

  @Test
  void theDatabaseGetsTheFilesThatClientsLeave() {
    assertThat(OpenFiles.roomForTables(14_936, 20_000)).isEqualTo(5_000);
    assertThat(OpenFiles.roomForTables(20_000, 20_000)).isEqualTo(1);
    assertThat(OpenFiles.roomForTables(20_000, Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(OpenFiles.limit()).isPositive();
  }
}
