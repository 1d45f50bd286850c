package pika.tools;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of a tool inside the test's JVM: its output and exit code. */
record Tool(int exitCode, String out, String err) {

  static Tool run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exitCode = commandLine.execute(args);
    return new Tool(exitCode, out.toString(), err.toString());
  }
}
