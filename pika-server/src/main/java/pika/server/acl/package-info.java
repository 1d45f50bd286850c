/**
 * Who may do what: users with their passwords and rules, the check every command passes, the log of
 * what was refused, and the file users are kept in. The ACL commands that show and change them
 * stand in {@code pika.server.commands}.
 */
@NullMarked
package pika.server.acl;

import org.jspecify.annotations.NullMarked;
