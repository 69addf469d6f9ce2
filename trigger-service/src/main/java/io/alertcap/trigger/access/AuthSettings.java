package io.alertcap.trigger.access;

import io.alertcap.foundation.config.Section;
import io.alertcap.foundation.config.Setting;
import io.alertcap.schemas.InvalidField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How callers prove who they are: {@code http.auth}. */
public sealed interface AuthSettings {

  /** They need not. */
  record Open() implements AuthSettings {}

  /** By one of these. */
  record Required(
      List<Token> tokens, List<Password> passwords, List<Certificate> clientCertificates)
      implements AuthSettings {
    public Required {
      tokens = List.copyOf(tokens);
      passwords = List.copyOf(passwords);
      clientCertificates = List.copyOf(clientCertificates);
    }

    /**
     * Whether {@code read} means {@code files} and {@code names} as well, as it did before there
     * were these: where nobody has either of them.
     */
    public boolean readMeansAll() {
      return Stream.of(
              tokens.stream().map(Token::scopes),
              passwords.stream().map(Password::scopes),
              clientCertificates.stream().map(Certificate::scopes))
          .flatMap(scopes -> scopes)
          .noneMatch(scopes -> scopes.contains(Scope.FILES) || scopes.contains(Scope.NAMES));
    }

    /** What a caller may do who was given these. */
    Set<Scope> granted(Set<Scope> scopes) {
      Set<Scope> granted = EnumSet.copyOf(scopes);
      if (granted.contains(Scope.READ) && readMeansAll()) {
        granted.addAll(EnumSet.of(Scope.FILES, Scope.NAMES));
      }
      return granted;
    }
  }

  /**
   * A bearer token.
   *
   * @param name of whom it is given to
   * @param file that holds it, and during a change its successor
   */
  record Token(String name, Path file, Set<Scope> scopes) {}

  /** A user of HTTP's basic authentication, and the file that holds the password. */
  record Password(String user, Path file, Set<Scope> scopes) {}

  /** A client certificate, by the common name of its subject. */
  record Certificate(String commonName, Set<Scope> scopes) {}

  /** What is put into records and logs as it is. */
  Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.@]{0,61}[A-Za-z0-9])?");

  /**
   * Reads {@code auth}: {@code none}, a section, or nothing.
   *
   * @return nothing where nothing is said
   */
  static Setting<Optional<AuthSettings>> from(Section http) {
    if (http.isSection("auth")) {
      Setting<Required> required = required(http.section("auth"));
      return http.build(() -> Optional.of(required.get()));
    }
    Setting<Optional<String>> none =
        http.text("auth")
            .check(word -> word.equals("none"), "must be none, or a section with keys")
            .optional();
    return http.build(() -> none.get().map(word -> new Open()));
  }

  private static Setting<Required> required(Section auth) {
    Set<String> names = new HashSet<>();
    Setting<List<Token>> tokens =
        auth.sections("tokens", token -> token(token, names)).orElse(List.of());
    Setting<List<Password>> passwords =
        auth.sections("basic", basic -> password(basic, names)).orElse(List.of());
    Setting<List<Certificate>> certificates =
        auth.sections("clientCertificates", certificate -> certificate(certificate, names))
            .orElse(List.of());
    return auth.build(() -> {
      Required required = new Required(tokens.get(), passwords.get(), certificates.get());
      if (names.isEmpty()) {
        throw new IllegalArgumentException(
            "names nobody: give tokens, basic or clientCertificates, or say none");
      }
      return required;
    });
  }

  private static Setting<Token> token(Section token, Set<String> names) {
    Setting<String> name = name(token, "name", names);
    Setting<Path> file = secrets(token, "file");
    Setting<Set<Scope>> scopes = scopes(token);
    return token.build(() -> new Token(name.get(), file.get(), scopes.get()));
  }

  private static Setting<Password> password(Section basic, Set<String> names) {
    Setting<String> user = name(basic, "user", names);
    Setting<Path> file = secrets(basic, "passwordFile");
    Setting<Set<Scope>> scopes = scopes(basic);
    return basic.build(() -> new Password(user.get(), file.get(), scopes.get()));
  }

  private static Setting<Certificate> certificate(Section certificate, Set<String> names) {
    Setting<String> commonName = name(certificate, "commonName", names);
    Setting<Set<Scope>> scopes = scopes(certificate);
    return certificate.build(() -> new Certificate(commonName.get(), scopes.get()));
  }

  private static Setting<String> name(Section section, String key, Set<String> names) {
    Setting<String> name =
        section
            .text(key)
            .check(
                text -> NAME.matcher(text).matches(),
                "must have 1 to 63 letters, digits and any of - _ . @ between them")
            .required();
    return section.build(() -> {
      if (!names.add(name.get())) {
        throw new InvalidField(key, "is the name of somebody else above");
      }
      return name.get();
    });
  }

  private static Setting<Path> secrets(Section section, String key) {
    return section.path(key).<Path>as(AuthSettings::readable).required();
  }

  private static Path readable(Path file) {
    try {
      var unused = new SecretFile(file).read();
      return file;
    } catch (IOException e) {
      throw new IllegalArgumentException(SecretFile.why(file, e), e);
    }
  }

  private static Setting<Set<Scope>> scopes(Section section) {
    Setting<List<Scope>> scopes =
        section
            .list("scopes", AuthSettings::scope)
            .check(
                list -> !list.isEmpty(),
                "must have at least one of alerts, capture, read, files, names")
            .required();
    return section.build(() -> EnumSet.copyOf(scopes.get()));
  }

  private static Scope scope(String text) {
    for (Scope scope : Scope.values()) {
      if (scope.toString().equals(text)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("must be alerts, capture, read, files or names");
  }
}
