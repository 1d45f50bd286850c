package pika.server.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueuedBytesTest {
  private static final byte[][] COMMAND = {{'x'}};

  private final QueuedBytes room = new QueuedBytes(() -> 1000, 100);
  private final Transaction one = opened();
  private final Transaction other = opened();

  @Test
  void allTransactionsShareTheRoom() {
    assertThat(one.add(COMMAND, 60, room)).isTrue();
    assertThat(other.add(COMMAND, 50, room)).isFalse();
    assertThat(other.add(COMMAND, 40, room)).isTrue();
    assertThat(one.add(COMMAND, 1, room)).isFalse();

    one.end();
    one.open();
    assertThat(one.sizeBytes()).isZero();
    assertThat(one.add(COMMAND, 60, room)).isTrue();
  }

  @Test
  void whatIsSpoiltKeepsNothing() {
    one.add(COMMAND, 100, room);
    one.spoil();
    assertThat(one.isOpen()).isTrue();
    assertThat(one.queue()).isEmpty();
    assertThat(one.add(COMMAND, 1000, room)).isTrue();
    assertThat(other.add(COMMAND, 100, room)).isTrue();
    one.end();
    assertThat(other.sizeBytes()).isEqualTo(100);
    one.open();
    assertThat(one.add(COMMAND, 1, room)).isFalse();
  }

  @Test
  void aClientThatIsGoneIsNotCountedTwice() {
    one.add(COMMAND, 100, room);
    one.close();
    assertThat(one.add(COMMAND, 1, room)).isFalse();
    one.end();
    assertThat(other.add(COMMAND, 100, room)).isTrue();
    assertThat(other.add(COMMAND, 1, room)).isFalse();
  }

  private static Transaction opened() {
    Transaction transaction = new Transaction();
    transaction.open();
    return transaction;
  }
}
