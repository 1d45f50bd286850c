package pika.tools;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import pika.tools.admin.AdminCommand;
import pika.tools.bench.BenchCommand;
import pika.tools.load.LoadCommand;

/** The entry point of {@code tools/pika} for everything except the server. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("pika");
    spec.usageMessage()
        .description("Tools to administer, fill and benchmark a server.")
        .synopsisSubcommandLabel("COMMAND")
        .autoWidth(true);
    // Not -h as well: that is the host, as in redis-cli. Subcommands added later inherit this.
    spec.addOption(OptionSpec.builder("--help")
        .usageHelp(true)
        .scopeType(ScopeType.INHERIT)
        .description("Show this help and exit.")
        .build());
    return new CommandLine(spec)
        .addSubcommand(new AdminCommand())
        .addSubcommand(new LoadCommand())
        .addSubcommand(new BenchCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::refuse);
  }

  /** Prints one line; picocli would print the whole help after it. */
  private static int refuse(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + mistake.getMessage() + " (" + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
