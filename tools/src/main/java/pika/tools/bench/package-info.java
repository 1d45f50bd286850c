/**
 * {@code tools/pika bench}: starts servers in turn on this machine, puts each under load
 * ({@code pika.tools.drive}) and writes down what came out. Reading order: {@code BenchCommand} (options),
 * {@code Rows} (the matrix), {@code Bench} (the loops), {@code CellRun} (one figure), {@code
 * Report}. Nothing here knows one server from another except by its start command.
 */
@NullMarked
package pika.tools.bench;

import org.jspecify.annotations.NullMarked;
