package pika.server.proof.differential;

import java.util.List;

/**
 * Users and their rights:
 * https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/.
 */
final class AclFamily implements Family {
  private static final List<String> QUESTIONS = Dice.words("""
      whoami WHOAMI users bogus "" cat save load
      """);

  @Override
  public void addTo(Menu menu) {
    menu.addStep(16, AclChange::draw);
    menu.add(3, d -> d.command("ACL").word(QUESTIONS).sometimes(20, Draft::value))
        .agree(Agreement.SAME_KIND)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "WHOAMI"));
    menu.add(2, d -> d.command("ACL", "CAT").word("nosuch", "", "read ")).twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "CAT").word("bitmap", "List", "HYPERLOGLOG"))
        .agree(Agreement.SUBSET)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "GENPASS").word("0", "-1", "4097", "x", "", "1.0"))
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "GENPASS").word("1", "5", "256", "4096"))
        .agree(Agreement.SAME_LENGTH)
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "LOG").word("0", "-1", "x", "RESET", "reset"))
        .twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "DELUSER").word("default", "nobody", "")).twist(Twist.NEVER);
    menu.add(2, d -> d.command("ACL", "GETUSER").word("nobody", "", "DEFAULT"));
    menu.add(
            3, d -> d.command("ACL", "DRYRUN").word("default", "nobody").value().value())
        .twist(Twist.NEVER);
  }
}
