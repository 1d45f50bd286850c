package pika.server.proof.clients.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.BatchOptions;
import org.redisson.api.BatchOptions.ExecutionMode;
import org.redisson.api.BatchResult;
import org.redisson.api.RBatch;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RTransaction;
import org.redisson.api.TransactionOptions;

/** Many commands at once: pipelines, MULTI, scripts, and transactions that locks protect. */
@Timeout(60)
final class BatchTest {
  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @ParameterizedTest
  @EnumSource(ExecutionMode.class)
  void aBatchAnswersInOrder(ExecutionMode mode) {
    RBatch batch = programs.one().createBatch(BatchOptions.defaults().executionMode(mode));
    List<RFuture<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      answers.add(batch.getAtomicLong("counter").incrementAndGetAsync());
    }
    BatchResult<?> result = batch.execute();

    assertThat(result.getResponses())
        .isEqualTo(
            IntStream.rangeClosed(1, 500).mapToObj(i -> (Object) (long) i).toList());
    assertThat(answers.get(99).toCompletableFuture().join()).isEqualTo(100);
  }

  @Test
  void aTransactionIsSeenWhenItIsCommitted() {
    RBucket<String> outside = programs.other().getBucket("a");
    outside.set("old");
    RTransaction transaction = programs.one().createTransaction(TransactionOptions.defaults());
    transaction.<String>getBucket("a").set("new");
    transaction.<String, String>getMap("m").put("field", "value");
    assertThat(transaction.<String>getBucket("a").get()).isEqualTo("new");
    assertThat(outside.get()).isEqualTo("old");
    transaction.commit();

    assertThat(outside.get()).isEqualTo("new");
    assertThat(programs.other().<String, String>getMap("m").get("field")).isEqualTo("value");
    RTransaction given = programs.one().createTransaction(TransactionOptions.defaults());
    given.<String>getBucket("a").delete();
    given.rollback();
    assertThat(outside.get()).isEqualTo("new");
    assertThatThrownBy(given::commit).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aScriptIsSentOnceAndCalledByItsSum() {
    RScript script = programs.one().getScript();
    String sum = script.scriptLoad("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}");

    assertThat(script.scriptExists(sum, "0")).containsExactly(true, false);
    List<Object> answer = programs
        .other()
        .getScript()
        .evalSha(RScript.Mode.READ_WRITE, sum, RScript.ReturnType.LIST, List.of("key"), "arg");
    assertThat(answer).containsExactly("key", "arg", 1L);
    programs.one().getScript().scriptFlush();
    assertThat(script.scriptExists(sum)).containsExactly(false);
  }
}
