/**
 * {@code tools/pika bench}: starts servers in turn on this machine, puts each under load ({@code
 * pika.tools.drive}) and reports the results. Reading order: {@code BenchCommand} (options), {@code
 * Rows} (the matrix), {@code Bench} (the loops), {@code CellRun} (one figure), {@code Report}.
 * Servers differ only in their start commands.
 */
@NullMarked
package pika.tools.bench;

import org.jspecify.annotations.NullMarked;
