package pika.server.proof.differential;

/** The two languages of a connection, by the number that HELLO takes. */
enum Protocol {
  RESP2(2),
  RESP3(3);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
