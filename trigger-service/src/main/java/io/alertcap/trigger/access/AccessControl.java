package io.alertcap.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells who is calling. Thread-safe; never waits, but for {@link #refresh}. */
public final class AccessControl {

  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final boolean open;
  private final List<Keyring> keyrings = new ArrayList<>();
  private final Map<String, Caller> byCommonName = new HashMap<>();
  private final List<String> challenges = new ArrayList<>();
  private final Counter changed;
  private final Counter failed;

  /**
   * Reads every file of the settings.
   *
   * @throws IOException if one of them cannot be used
   */
  public AccessControl(AuthSettings settings, MeterRegistry meters) throws IOException {
    this.changed = reloads(meters, "success");
    this.failed = reloads(meters, "failure");
    switch (settings) {
      case AuthSettings.Open none -> this.open = true;
      case AuthSettings.Required required -> {
        this.open = false;
        take(required);
      }
    }
  }

  private void take(AuthSettings.Required required) throws IOException {
    for (AuthSettings.Token token : required.tokens()) {
      Caller caller = new Caller(Optional.of(token.name()), required.granted(token.scopes()));
      keyrings.add(new Keyring(caller, BEARER, new SecretFile(token.file())));
    }
    for (AuthSettings.Password password : required.passwords()) {
      Caller caller = new Caller(Optional.of(password.user()), required.granted(password.scopes()));
      String prefix = BASIC + password.user() + ":";
      keyrings.add(new Keyring(caller, prefix, new SecretFile(password.file())));
    }
    for (AuthSettings.Certificate certificate : required.clientCertificates()) {
      String name = certificate.commonName();
      byCommonName.put(name, new Caller(Optional.of(name), required.granted(certificate.scopes())));
    }
    if (!required.tokens().isEmpty()) {
      challenges.add("Bearer realm=\"alertcap\"");
    }
    if (!required.passwords().isEmpty()) {
      challenges.add("Basic realm=\"alertcap\", charset=\"UTF-8\"");
    }
  }

  /**
   * Tells who presents this. Where there is a header it alone decides: whoever sends one means it.
   */
  public Admission admit(Presented presented) {
    if (open) {
      return new Admission.Known(Caller.ANYBODY);
    }
    Optional<Caller> caller =
        presented.authorization().isPresent()
            ? presented.authorization().flatMap(AccessControl::credential).flatMap(this::holder)
            : presented.commonName().map(byCommonName::get);
    return caller
        .<Admission>map(Admission.Known::new)
        .orElseGet(() -> new Admission.Unknown(why(presented), challenges));
  }

  /** Looks at every file again; to be called by one thread, every now and then. */
  public void refresh() {
    for (Keyring keyring : keyrings) {
      switch (keyring.refresh()) {
        case UNCHANGED -> {}
        case CHANGED -> changed.increment();
        case FAILED -> failed.increment();
      }
    }
  }

  /** Every keyring is looked at, whichever matches, so that time tells nothing. */
  private Optional<Caller> holder(SecretHash presented) {
    Optional<Caller> holder = Optional.empty();
    for (Keyring keyring : keyrings) {
      if (keyring.has(presented)) {
        holder = Optional.of(keyring.caller());
      }
    }
    return holder;
  }

  private static Optional<SecretHash> credential(String authorization) {
    int space = authorization.indexOf(' ');
    String scheme = authorization.substring(0, Math.max(0, space)).toLowerCase(Locale.ROOT);
    String rest = authorization.substring(space + 1).strip();
    return switch (scheme) {
      case "bearer" -> Optional.of(SecretHash.of(BEARER + rest));
      case "basic" -> decoded(rest).map(pair -> SecretHash.of(BASIC + pair));
      default -> Optional.empty();
    };
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String why(Presented presented) {
    if (presented.authorization().isPresent()) {
      return "These credentials are not known here, or no longer";
    }
    return presented.commonName().isPresent()
        ? "The client certificate is of nobody who is known here"
        : "This needs credentials";
  }

  private static Counter reloads(MeterRegistry meters, String result) {
    return Counter.builder("alertcap.http.reloads")
        .description("Files of the front that changed, and whether they were taken over")
        .tag("file", "credentials")
        .tag("result", result)
        .register(meters);
  }
}
