package pika.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OpenFilesTest {
  @Test
  void clientsGetWhatIsConfiguredWhereFilesSuffice() {
    assertThat(OpenFiles.mostClients(20_000, 1 << 20)).isEqualTo(20_000);
    assertThat(OpenFiles.mostClients(20_000, Long.MAX_VALUE)).isEqualTo(20_000);
    assertThat(OpenFiles.mostClients(4_294_967_295L, Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void clientsLeaveFilesToTheDatabase() {
    assertThat(OpenFiles.mostClients(20_000, 4096)).isEqualTo(3008);
    assertThat(OpenFiles.mostClients(100, 4096)).isEqualTo(100);
    assertThat(OpenFiles.mostClients(20_000, 1)).isEqualTo(1);
  }

  @Test
  void thisProcessHasALimit() {
    assertThat(OpenFiles.limit()).isPositive();
  }
}
