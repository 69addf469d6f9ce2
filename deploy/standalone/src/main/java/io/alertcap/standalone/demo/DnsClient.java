package io.alertcap.standalone.demo;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/**
 * The demo's client, a process of its own since a JVM lives in one network namespace: asks a server
 * so many questions, one every so often. Where an answer takes longer than that, the next ones are
 * asked without a pause, until none is late.
 *
 * <p>It asks without the search list, and once: a lost answer is an error, not a second query.
 */
final class DnsClient {

  private static final String ONE_SECOND_ONE_TRY = "1000";

  private DnsClient() {}

  /**
   * Asks, and ends with an exception where an answer is missing or wrong.
   *
   * @param arguments server, number of queries, milliseconds from one's begin to the next's
   */
  @SuppressWarnings("BanJNDI") // it reads A records, which are text: nothing is deserialized
  public static void main(String[] arguments) throws NamingException, InterruptedException {
    Properties settings = new Properties();
    settings.setProperty(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.setProperty(Context.PROVIDER_URL, "dns://" + arguments[0]);
    settings.setProperty("com.sun.jndi.dns.timeout.initial", ONE_SECOND_ONE_TRY);
    settings.setProperty("com.sun.jndi.dns.timeout.retries", "1");
    int queries = Integer.parseInt(arguments[1]);
    long everyNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
    var context = new InitialDirContext(settings);
    try {
      long begin = System.nanoTime();
      for (int i = 0; i < queries; i++) {
        TimeUnit.NANOSECONDS.sleep(begin + i * everyNanos - System.nanoTime());
        var answer = context.getAttributes("q%04d.demo.example.".formatted(i), new String[] {"A"});
        if (answer.size() != 1) {
          throw new NamingException("query " + i + " was answered with " + answer);
        }
      }
    } finally {
      context.close();
    }
  }
}
