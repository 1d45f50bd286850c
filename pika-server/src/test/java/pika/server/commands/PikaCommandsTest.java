package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Replies of Pika's own commands, for which there is no Redis to compare with. */
final class PikaCommandsTest {
  @RegisterExtension
  static final Servers SERVERS = new Servers();

  private static ServerProcess server;

  private Wire wire;

  @BeforeAll
  static void start() {
    server = SERVERS.subject();
  }

  @BeforeEach
  void connect() throws IOException {
    wire = server.connect();
    wire.ask("FLUSHALL");
  }

  @AfterEach
  void disconnect() throws IOException {
    wire.close();
  }

  @Test
  void keysOfATypeInTheOrderOfTheirNames() throws IOException {
    says("+OK", "MSET a 1 b 2 c 3 d 4 e 5");
    says(":1", "SADD bb x");
    says(":1", "SADD dd x");
    says("*[$\"\" *[$\"a\" $\"b\" $\"c\" $\"d\" $\"e\"]]", "PKSCANRANGE string \"\" \"\"");
    says("*[$\"d\" *[$\"b\" $\"c\"]]", "PKSCANRANGE string b z LIMIT 2");
    says("*[$\"\" *[$\"b\" $\"2\" $\"c\" $\"3\"]]", "PKSCANRANGE string_with_value b c");
    says("*[$\"\" *[$\"bb\" $\"dd\"]]", "PKSCANRANGE SET \"\" \"\"");
    says("*[$\"d\" *[$\"b\"]]", "PKSCANRANGE string \"\" \"\" MATCH [b-z] LIMIT 3 MATCH b*");
    says("*[$\"b\" *[$\"d\" $\"c\"]]", "PKRSCANRANGE string d a LIMIT 2");
    says("*[$\"\" *[$\"e\" $\"d\" $\"c\" $\"b\" $\"a\"]]", "PKRSCANRANGE string \"\" \"\"");
    says("*[$\"\" *[]]", "PKSCANRANGE zset \"\" \"\"");
  }

  @Test
  void keysWhoseTimeIsOverAreLeftOut() throws Exception {
    says("+OK", "MSET a 1 c 3");
    says("+OK", "SET b 2 PX 1");
    Await.until(
        "the time of b is over",
        Duration.ofSeconds(10),
        () -> wire.ask("EXISTS", "b").asLong() == 0);
    says("*[$\"\" *[$\"a\" $\"c\"]]", "PKSCANRANGE string \"\" \"\" LIMIT 2");
  }

  @Test
  void searchesInOrderComplain() throws IOException {
    says("-ERR error in given range", "PKSCANRANGE string b a");
    says("-ERR error in given range", "PKRSCANRANGE string a b");
    says("-ERR unknown type 'bogus'", "PKSCANRANGE bogus a b");
    says("-ERR syntax error", "PKSCANRANGE string a b LIMIT");
    says("-ERR value is not an integer or out of range", "PKSCANRANGE string a b LIMIT 0");
    says("-ERR wrong number of arguments for 'pkscanrange' command", "PKSCANRANGE string a");
    says("+OK", "SET s x");
    says(
        "-WRONGTYPE Operation against a key holding the wrong kind of value",
        "PKHSCANRANGE s \"\" \"\"");
  }

  @Test
  void fieldsInTheOrderOfTheirNames() throws IOException {
    says(":5", "HSET h a 1 b 2 c 3 d 4 e 5");
    says("*[$\"c\" *[$\"a\" $\"1\" $\"b\" $\"2\"]]", "PKHSCANRANGE h \"\" \"\" LIMIT 2");
    says("*[$\"\" *[$\"b\" $\"2\" $\"c\" $\"3\"]]", "PKHSCANRANGE h b c");
    says("*[$\"b\" *[$\"d\" $\"4\" $\"c\" $\"3\"]]", "PKHRSCANRANGE h d \"\" LIMIT 2");
    says("*[$\"\" *[$\"e\" $\"5\"]]", "PKHRSCANRANGE h \"\" \"\" MATCH e");
    says("*[$\"\" *[]]", "PKHSCANRANGE nosuch \"\" \"\"");
  }

  @Test
  void scanOfAType() throws IOException {
    says("+OK", "MSET a 1 b 2");
    says(":1", "SADD s x");
    says("*[$\"0\" *[$\"s\"]]", "SCANX set 0 COUNT 100");
    says("*[$\"0\" *[$\"a\"]]", "SCANX string 0 MATCH a COUNT 100");
    says("-ERR invalid cursor", "SCANX set x");
  }

  @Test
  void removalOfAllThatMatches() throws IOException {
    says("+OK", "MSET a1 1 a2 2 b1 3 b2 4 b3 5");
    says(":1", "SADD a3 x");
    says(":2", "PKPATTERNMATCHDEL a* string");
    says(":2", "PKPATTERNMATCHDEL b* 2");
    says(":1", "PKPATTERNMATCHDEL b*");
    says(":1", "DBSIZE");
    says(":1", "EXISTS a3");
  }

  @Test
  void aStringThatExpiresAtAMoment() throws IOException {
    says("+OK", "PKSETEXAT k 5000000000 v");
    says(":5000000000", "EXPIRETIME k");
    says("+OK", "PKSETEXAT k 1 v");
    says(":0", "EXISTS k");
    says("-ERR invalid expire time in 'pksetexat' command", "PKSETEXAT k 0 v");
    says("-ERR value is not an integer or out of range", "PKSETEXAT k x v");
  }

  @Test
  void whatDependsOnTheValue() throws IOException {
    says(":0", "SET k new VX old");
    says("+OK", "SET k old EX 100");
    says(":-1", "SET k new VX other");
    says(":1", "SET k new VX old");
    says("$\"new\"", "GET k");
    says(":-1", "TTL k");
    long before = System.currentTimeMillis();
    says(":1", "SET k newer EX 100 VX new");
    long after = System.currentTimeMillis();
    assertThat(wire.ask("PEXPIRETIME", "k").asLong()).isBetween(before + 100_000, after + 100_000);
    says("-ERR syntax error", "SET k v VX");
    says("-ERR syntax error", "SET k v NX VX x");
    says("-ERR syntax error", "SET k v VX x GET");
    says(":-1", "DELVX k x");
    says(":1", "DELVX k newer");
    says(":0", "DELVX k newer");
  }

  private void says(String answer, String command) throws IOException {
    assertThat(wire.ask(Command.parse(command)).inFull()).as(command).isEqualTo(answer);
  }
}
