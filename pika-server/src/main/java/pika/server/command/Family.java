package pika.server.command;

import java.util.List;

/** A class of related commands: its rows, and below them the code they run. */
public interface Family {
  List<Row> commands();
}
