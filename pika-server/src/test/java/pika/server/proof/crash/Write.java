package pika.server.proof.crash;

import pika.server.proof.Command;
import pika.server.proof.RawReply;

/** A command that changes data, and what a question about that data is answered afterwards. */
record Write(Command command, Command question, RawReply afterwards) {}
