package pika.tools;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import pika.tools.admin.AdminCommand;
import pika.tools.bench.BenchCommand;
import pika.tools.load.LoadCommand;

/** Where {@code tools/pika} enters for everything but the server itself. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("pika");
    spec.usageMessage()
        .description("Tools for the server: ask it, fill it, measure it.")
        .synopsisSubcommandLabel("COMMAND")
        .autoWidth(true);
    // Not -h too: that is the host, as in redis-cli. Subcommands added after it inherit it.
    spec.addOption(OptionSpec.builder("--help")
        .usageHelp(true)
        .scopeType(ScopeType.INHERIT)
        .description("Show this help and end.")
        .build());
    return new CommandLine(spec)
        .addSubcommand(new AdminCommand())
        .addSubcommand(new LoadCommand())
        .addSubcommand(new BenchCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Main::refuse);
  }

  /** One line, where picocli would print the whole help after it. */
  private static int refuse(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + mistake.getMessage() + " (" + name + " --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
