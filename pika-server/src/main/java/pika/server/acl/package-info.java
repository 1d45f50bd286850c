/**
 * Access control: users with their passwords and rules, the check every command passes, the log of
 * refusals, and the ACL file. The ACL commands themselves are in {@code pika.server.commands}.
 */
@NullMarked
package pika.server.acl;

import org.jspecify.annotations.NullMarked;
