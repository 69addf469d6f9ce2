package io.alertcap.trigger.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final String PASSWORD = "correct horse: battery";

  @TempDir private Path directory;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path tokenFile = Path.of("");
  private Path passwordFile = Path.of("");

  @BeforeEach
  void writesSecrets() throws IOException {
    tokenFile = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    passwordFile = Files.writeString(directory.resolve("password"), PASSWORD);
  }

  @Test
  void asksNobodyWhereItIsOpen() throws IOException {
    AccessControl open = new AccessControl(new AuthSettings.Open(), meters);

    assertThat(open.admit(presented("Bearer nonsense")))
        .isEqualTo(new Admission.Known(Caller.ANYBODY));
    assertThat(Scope.values()).allMatch(Caller.ANYBODY::may);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer " + TOKEN, "bearer " + TOKEN, "BEARER  " + TOKEN + " "})
  void knowsWhoATokenWasGivenTo(String authorization) throws IOException {
    Caller caller = known(control().admit(presented(authorization)));

    assertThat(caller.name()).contains("alertmanager");
    assertThat(caller.may(Scope.ALERTS)).isTrue();
    assertThat(caller.may(Scope.CAPTURE)).isFalse();
    assertThat(caller.may(Scope.READ)).isFalse();
  }

  @Test
  void knowsAUserByThePassword() throws IOException {
    assertThat(known(control().admit(presented(basic("oncall:" + PASSWORD)))).name())
        .contains("oncall");
  }

  @Test
  void knowsAClientByItsCertificate() throws IOException {
    Presented certificate = new Presented(Optional.empty(), Optional.of("prometheus"));

    assertThat(known(control().admit(certificate)).may(Scope.READ)).isTrue();
    assertThat(known(control().admit(certificate)).may(Scope.ALERTS)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"FILES", "NAMES"})
  void letsWhoMayReadDoWhatItMeantUntilOneOfItsPartsIsNamed(Scope part) {
    AuthSettings.Certificate reader =
        new AuthSettings.Certificate("reader", Set.of(Scope.READ, Scope.CAPTURE));
    AuthSettings.Certificate other = new AuthSettings.Certificate("other", Set.of(part));
    var before = new AuthSettings.Required(List.of(), List.of(), List.of(reader));
    var after = new AuthSettings.Required(List.of(), List.of(), List.of(reader, other));

    assertThat(before.readMeansAll()).isTrue();
    assertThat(before.granted(reader.scopes()))
        .containsExactlyInAnyOrder(Scope.READ, Scope.CAPTURE, Scope.FILES, Scope.NAMES);
    assertThat(before.granted(Set.of(Scope.ALERTS))).containsExactly(Scope.ALERTS);
    assertThat(after.readMeansAll()).isFalse();
    assertThat(after.granted(reader.scopes())).containsExactlyInAnyOrder(Scope.READ, Scope.CAPTURE);
    assertThat(after.granted(other.scopes())).containsExactly(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer 0123456789abcdee",
        "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0",
        "Bearer",
        "Bearer ",
        "Basic 0123456789abcdef",
        "Basic %%%",
        "Digest " + TOKEN,
        TOKEN,
        ""
      })
  void knowsNobodyElse(String authorization) throws IOException {
    assertThat(control().admit(presented(authorization))).isInstanceOf(Admission.Unknown.class);
  }

  @Test
  void takesNoPasswordForATokenAndNoneOfAnotherUser() throws IOException {
    AccessControl control = control();

    for (String credentials :
        List.of(
            "Bearer " + PASSWORD,
            "Bearer oncall:" + PASSWORD,
            basic("oncall:" + TOKEN),
            basic("alertmanager:" + TOKEN),
            basic("somebody:" + PASSWORD),
            basic(":" + PASSWORD))) {
      assertThat(control.admit(presented(credentials)))
          .as(credentials)
          .isInstanceOf(Admission.Unknown.class);
    }
  }

  @Test
  void takesNoCertificateForAWrongToken() throws IOException {
    assertThat(control().admit(new Presented(Optional.of("Bearer x"), Optional.of("prometheus"))))
        .isInstanceOf(Admission.Unknown.class);
  }

  @Test
  void saysWhatWouldHelp() throws IOException {
    Admission.Unknown unknown =
        (Admission.Unknown) control().admit(new Presented(Optional.empty(), Optional.of("else")));

    assertThat(unknown.challenges()).hasSize(2).anyMatch(c -> c.startsWith("Bearer "));
    assertThat(unknown.reason()).contains("certificate");
  }

  @Test
  void takesOverWhatAFileSaysNow() throws IOException {
    AccessControl control = control();
    String next = "fedcba9876543210";

    Files.writeString(tokenFile, TOKEN + "\n" + next + "\n");
    control.refresh();
    assertThat(control.admit(presented("Bearer " + TOKEN))).isInstanceOf(Admission.Known.class);
    assertThat(control.admit(presented("Bearer " + next))).isInstanceOf(Admission.Known.class);

    Files.writeString(tokenFile, next);
    control.refresh();
    assertThat(control.admit(presented("Bearer " + TOKEN))).isInstanceOf(Admission.Unknown.class);
    assertThat(control.admit(presented("Bearer " + next))).isInstanceOf(Admission.Known.class);
    assertThat(reloads("success")).isEqualTo(2);
  }

  @Test
  void keepsWhatItHasWhereAFileIsOfNoUse() throws IOException {
    AccessControl control = control();

    for (String useless : List.of("", "\n\n", "short", "x\n".repeat(40), "x".repeat(100_000))) {
      Files.writeString(tokenFile, useless);
      control.refresh();
      control.refresh();
    }
    Files.delete(tokenFile);
    control.refresh();

    assertThat(control.admit(presented("Bearer " + TOKEN))).isInstanceOf(Admission.Known.class);
    assertThat(reloads("failure")).as("each failure is counted once").isEqualTo(5);
  }

  @Test
  void showsNoSecret() throws IOException {
    AccessControl control = control();
    Presented presented = presented("Bearer " + TOKEN);

    assertThat(presented + " " + SecretHash.of(TOKEN) + " " + control.admit(presented))
        .doesNotContain(TOKEN);
    assertThat(settings().toString()).doesNotContain(TOKEN).doesNotContain(PASSWORD);
  }

  private double reloads(String result) {
    return meters.get("alertcap.http.reloads").tag("result", result).counter().count();
  }

  private AccessControl control() throws IOException {
    return new AccessControl(settings(), meters);
  }

  private AuthSettings settings() {
    return new AuthSettings.Required(
        List.of(new AuthSettings.Token("alertmanager", tokenFile, Set.of(Scope.ALERTS))),
        List.of(
            new AuthSettings.Password("oncall", passwordFile, Set.of(Scope.CAPTURE, Scope.READ))),
        List.of(new AuthSettings.Certificate("prometheus", Set.of(Scope.READ))));
  }

  private static Presented presented(String authorization) {
    return new Presented(Optional.of(authorization), Optional.empty());
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static Caller known(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Known.class);
    return ((Admission.Known) admission).caller();
  }
}
