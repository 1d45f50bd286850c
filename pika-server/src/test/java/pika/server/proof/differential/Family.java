package pika.server.proof.differential;

/** The commands of one subject, as rows of the menu from which stories are drawn. */
interface Family {
  void addTo(Menu menu);
}
