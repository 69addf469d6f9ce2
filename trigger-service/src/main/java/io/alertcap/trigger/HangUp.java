package io.alertcap.trigger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which services are told to read their configuration again. Java has no API for
 * signals; {@code jdk.unsupported} has one, which is called by reflection since the compiler
 * refuses to know it. Where it is missing the signal ends the process, as it does without a
 * handler.
 */
public final class HangUp {

  private static final Logger log = LoggerFactory.getLogger(HangUp.class);

  private HangUp() {}

  /** From now on SIGHUP runs this, on a thread of its own, in place of ending the process. */
  public static void then(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(), new Class<?>[] {handler}, calling(action));
      var unused =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
    } catch (ReflectiveOperationException e) {
      log.warn("SIGHUP will end this process, as this JVM has no way to handle it", e);
    }
  }

  /** The JVM calls nothing but the one method of the interface. */
  private static InvocationHandler calling(Runnable action) {
    return (proxy, method, arguments) -> {
      action.run();
      return null;
    };
  }
}
