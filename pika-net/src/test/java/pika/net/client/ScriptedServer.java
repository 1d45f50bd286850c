package pika.net.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** A server for one connection that runs a test's script on its socket, in its own thread. */
final class ScriptedServer implements AutoCloseable {

  /** What it does once a client has connected; at the end the connection is closed. */
  @FunctionalInterface
  interface Script {
    void serve(Socket client) throws Exception;
  }

  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Thread thread;

  private ScriptedServer(Script script) throws IOException {
    thread = new Thread(() -> run(script), "scripted-server");
    thread.setDaemon(true);
  }

  static ScriptedServer running(Script script) throws IOException {
    ScriptedServer server = new ScriptedServer(script);
    server.thread.start();
    return server;
  }

  SocketAddress address() {
    return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
  }

  @Override
  public void close() throws Exception {
    listening.close();
    thread.interrupt();
    thread.join();
  }

  private void run(Script script) {
    try (Socket client = listening.accept()) {
      script.serve(client);
    } catch (Exception e) {
      // The test notices on its side that the connection is closed.
    }
  }
}
