package pika.server;

import pika.server.dispatch.Busy;
import pika.server.script.RunningScripts;

/** Tells the dispatcher about scripts that exceed their time limit. */
record ScriptBusy(RunningScripts running) implements Busy {
  @Override
  public boolean isOverdue() {
    return running.isOverdue();
  }

  @Override
  public String text() {
    return running.busyText();
  }
}
