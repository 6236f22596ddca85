package org.medicd.linux.systemd;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusSigHandler;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.medicd.linux.systemd.SystemdException.Kind;

/**
 * One connection to a bus. Calls are made as messages, not through dbus-java's proxies: these wait
 * 20 s whatever the caller has left.
 */
final class BusConnection {
  /** dbus-java tries again every 500 ms until this is over: exactly one attempt. */
  private static final int ONE_ATTEMPT_MILLIS = 500;

  /** dbus-java logs every lost connection with its stack; callers learn of it by an exception. */
  private static final Logger LIBRARY = Logger.getLogger("org.freedesktop.dbus");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private final DBusConnection connection;

  private BusConnection(DBusConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects and says hello. A bus that accepts and then is silent would hold the caller for ever,
   * hence the thread: interrupting it closes the socket that it waits for.
   *
   * @param onLost run once when the connection ends
   */
  static BusConnection open(String address, Runnable onLost, Deadline deadline)
      throws SystemdException {
    FutureTask<BusConnection> opening = new FutureTask<>(() -> connect(address, onLost));
    daemon("systemd-bus-connect", opening);
    String asked = "connecting to " + address;
    try {
      return opening.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      opening.cancel(true);
      throw new SystemdException(
          Kind.UNREACHABLE, asked + ": no answer within " + deadline.allowed().toMillis() + " ms");
    } catch (InterruptedException e) {
      opening.cancel(true);
      Thread.currentThread().interrupt();
      throw new SystemdException(Kind.UNREACHABLE, asked + ": interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error bug) {
        throw bug;
      }
      throw BusErrors.explain(
          asked, "org.freedesktop.DBus.Error.NoServer", String.valueOf(rootMessage(e)));
    }
  }

  private static BusConnection connect(String address, Runnable onLost) throws DBusException {
    DBusConnection connection =
        DBusConnectionBuilder.forAddress(address)
            .withShared(false)
            .withDisconnectCallback(new Lost(onLost))
            .transportConfig()
            .withTimeout(ONE_ATTEMPT_MILLIS)
            .withRegisterSelf(false)
            .back()
            .build();
    try {
      connection.register();
      if (Thread.currentThread().isInterrupted()) {
        throw new DBusException("nobody waits any more");
      }
      return new BusConnection(connection);
    } catch (DBusException | DBusExecutionException e) {
      connection.disconnect();
      throw e;
    }
  }

  boolean isOpen() {
    return connection.isConnected();
  }

  /** Ends the connection, without waiting for that. */
  void close() {
    daemon("systemd-bus-close", connection::disconnect);
  }

  /** Calls a method that takes strings only. */
  Object[] call(BusMethod method, Deadline deadline, Object... arguments) throws SystemdException {
    return callWith(method, "s".repeat(arguments.length), deadline, arguments);
  }

  /**
   * Calls a method; a call that is not answered in time ends the connection.
   *
   * @param signature of the arguments, as D-Bus writes it
   */
  Object[] callWith(BusMethod method, String signature, Deadline deadline, Object... arguments)
      throws SystemdException {
    String asked = method.describe(arguments);
    Message reply;
    try {
      MethodCall call =
          connection
              .getMessageFactory()
              .createMethodCall(
                  method.destination(),
                  method.path(),
                  method.interfaceName(),
                  method.member(),
                  (byte) 0,
                  signature.isEmpty() ? null : signature,
                  arguments);
      connection.sendMessage(call);
      reply = call.getReply(Math.max(1, deadline.leftMillis()));
      if (reply == null) {
        throw unanswered(asked, deadline);
      }
      if (reply instanceof org.freedesktop.dbus.messages.Error) {
        Object[] texts = reply.getParameters();
        String text = texts.length > 0 ? String.valueOf(texts[0]) : "";
        throw BusErrors.explain(asked, reply.getName(), text);
      }
      return reply.getParameters();
    } catch (DBusException | RuntimeException e) {
      throw new SystemdException(Kind.UNREACHABLE, asked + ": " + rootMessage(e));
    }
  }

  /** An unanswered call stays in dbus-java's table of pending ones for as long as it is open. */
  private SystemdException unanswered(String asked, Deadline deadline) {
    boolean wasOpen = isOpen();
    close();
    if (!wasOpen) {
      return new SystemdException(Kind.UNREACHABLE, asked + ": the bus was lost");
    }
    if (Thread.currentThread().isInterrupted()) {
      return new SystemdException(Kind.TIMED_OUT, asked + ": interrupted before the answer");
    }
    return new SystemdException(
        Kind.TIMED_OUT, asked + ": no answer within " + deadline.allowed().toMillis() + " ms");
  }

  /**
   * Hands every signal that matches to the handler, one after the other, on a thread of its own.
   */
  void listen(DBusMatchRule rule, DBusSigHandler<DBusSignal> handler) throws SystemdException {
    try {
      connection.addGenericSigHandler(rule, handler);
    } catch (DBusException | RuntimeException e) {
      throw new SystemdException(Kind.UNREACHABLE, "listening to systemd: " + rootMessage(e));
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private record Lost(Runnable onLost) implements IDisconnectCallback {
    @Override
    public void disconnectOnError(IOException e) {
      onLost.run();
    }

    @Override
    public void requestedDisconnect(Integer connections) {
      onLost.run();
    }
  }
}
