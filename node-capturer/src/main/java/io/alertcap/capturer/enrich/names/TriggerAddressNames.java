package io.alertcap.capturer.enrich.names;

import io.alertcap.capturer.dissect.IpAddress;
import io.alertcap.foundation.config.Secret;
import io.alertcap.foundation.tls.TrustedCertificates;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * Asks the trigger service: {@code POST /api/v1/names} with {@code {"addresses":["10.0.0.1"]}},
 * answered by {@code {"names":{"10.0.0.1":["namespace/pod"]}}}. Redirects are not followed.
 *
 * <p>The answer ends up in files that people open: only addresses that were asked for are taken
 * from it, and only names that look like names.
 */
public final class TriggerAddressNames implements AddressNames, AutoCloseable {

  static final String PATH = "/api/v1/names";

  /** 4096 addresses with two names of 253 characters each, and as much again. */
  static final int LARGEST_ANSWER = 4 << 20;

  private static final int MOST_NAMES = 8;
  private static final int LONGEST_NAME = 253;

  private final URI endpoint;
  private final Optional<Secret> token;
  private final Duration timeout;
  private final HttpClient client;

  /**
   * @param trigger base address of the trigger service, {@code http} or {@code https}
   * @param token sent as a bearer token
   * @param timeout of one question
   */
  TriggerAddressNames(
      URI trigger, Optional<Secret> token, Optional<SSLContext> trusted, Duration timeout) {
    this.endpoint = trigger.resolve(PATH);
    this.token = token;
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER);
    trusted.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * As configured; absent where nobody is to be asked.
   *
   * @throws IOException if the certificates cannot be read
   */
  public static Optional<TriggerAddressNames> of(NamesSettings settings) throws IOException {
    if (settings.url().isEmpty()) {
      return Optional.empty();
    }
    Optional<SSLContext> trusted =
        settings.caFile().isPresent()
            ? Optional.of(TrustedCertificates.of(settings.caFile().get()).context())
            : Optional.empty();
    return Optional.of(
        new TriggerAddressNames(
            settings.url().get(), settings.token(), trusted, settings.timeout()));
  }

  @Override
  public NameLookup lookUp(Collection<IpAddress> addresses, Duration atMost) {
    Duration wait = atMost.compareTo(timeout) < 0 ? atMost : timeout;
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(question(addresses), unused -> new BoundedBody(LARGEST_ANSWER));
    try {
      return understood(answer.get(wait.toNanos(), TimeUnit.NANOSECONDS), Set.copyOf(addresses));
    } catch (TimeoutException e) {
      return unavailable("did not answer within %d ms".formatted(wait.toMillis()));
    } catch (ExecutionException e) {
      return unavailable("cannot be asked (%s)".formatted(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable("was not waited for");
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest question(Collection<IpAddress> addresses) {
    Question question = new Question(addresses.stream().map(IpAddress::toString).toList());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(question)));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    return request.build();
  }

  private NameLookup understood(HttpResponse<byte[]> response, Set<IpAddress> asked) {
    if (response.statusCode() != 200) {
      return unavailable("answered %d".formatted(response.statusCode()));
    }
    return Json.read(response.body(), JsonNode.class)
                instanceof Reading.Valid<JsonNode>(JsonNode answer)
            && answer.path("names").isObject()
        ? about(asked, answer.path("names"))
        : unavailable("gave an answer that is none");
  }

  private static NameLookup about(Set<IpAddress> asked, JsonNode names) {
    Map<IpAddress, List<String>> found = new HashMap<>();
    int refused = 0;
    for (IpAddress address : asked) {
      List<String> given =
          names
              .path(address.toString())
              .valueStream()
              .filter(JsonNode::isString)
              .map(JsonNode::stringValue)
              .toList();
      List<String> good = given.stream().filter(TriggerAddressNames::isName).toList();
      refused += given.size() - good.size();
      if (!good.isEmpty()) {
        found.put(address, good.subList(0, Math.min(good.size(), MOST_NAMES)));
      }
    }
    return new NameLookup.Found(found, refused);
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  private NameLookup unavailable(String what) {
    return new NameLookup.Unavailable("The trigger service at " + endpoint + " " + what + ".");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private record Question(List<String> addresses) {}
}
