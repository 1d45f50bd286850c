package pika.server.command;

import java.util.List;

/** A family of related commands: its rows, followed by the code they run. */
public interface Family {
  List<Row> commands();
}
