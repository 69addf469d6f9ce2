package io.alertcap.foundation.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alertcap.schemas.DataSize;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of value under the key {@code x}: what it reads, and what it says where it cannot. */
class SectionTest {

  private enum Checksums {
    WHEN_REQUIRED,
    ALWAYS
  }

  private static <T> T read(String yaml, Function<Section, Field<T>> field) {
    return ConfigurationSource.text("c", yaml)
        .read(root -> field.apply(root).required())
        .settings();
  }

  private static String error(String yaml, Function<Section, ? extends Field<?>> field) {
    return error(yaml, Map.of(), field);
  }

  private static String error(
      String yaml, Map<String, String> environment, Function<Section, ? extends Field<?>> field) {
    ConfigurationSource source = ConfigurationSource.text("c", yaml).overriddenBy(environment);
    List<String> problems =
        catchThrowableOfType(
                InvalidConfiguration.class, () -> source.read(root -> field.apply(root).required()))
            .problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @ParameterizedTest
  @CsvSource({"1.10,1.10", "true,true", "'\"null\"',null", "0x1F,0x1F", "'''a: b''',a: b"})
  void textIsWhatIsWritten(String written, String text) {
    assertThatObject(read("x: " + written, root -> root.text("x"))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"~", "null", "''"})
  void nothingIsAsGoodAsMissing(String nothing) {
    assertThat(error("x: " + nothing, root -> root.text("x"))).isEqualTo("c:1: x: is missing");
    Setting<Optional<String>> absent =
        ConfigurationSource.text("c", "x: " + nothing)
            .read(root -> root.build(() -> root.text("x").optional()))
            .settings();
    assertThat(absent.get()).isEmpty();
  }

  @Test
  void readsBooleans() {
    assertThatObject(read("x: true", root -> root.bool("x"))).isEqualTo(true);
    assertThatObject(read("x: FALSE", root -> root.bool("x"))).isEqualTo(false);
    assertThat(error("x: yes", root -> root.bool("x"))).isEqualTo("c:1: x: must be true or false");
  }

  @Test
  void readsNumbersWithinTheirBounds() {
    assertThatObject(read("x: -7", root -> root.integer("x"))).isEqualTo(-7);
    assertThatObject(read("x: 8589934592", root -> root.number("x"))).isEqualTo(8_589_934_592L);
    assertThatObject(read("x: 3", root -> root.integer("x").between(3, 3))).isEqualTo(3);
    assertThat(error("x: 8589934592", root -> root.integer("x")))
        .isEqualTo("c:1: x: must be a whole number below 2147483648");
    assertThat(error("x: 1.5", root -> root.number("x")))
        .isEqualTo("c:1: x: must be a whole number");
    assertThat(error("x: 0", root -> root.integer("x").atLeast(1)))
        .isEqualTo("c:1: x: must be at least 1, and is 0");
  }

  @Test
  void readsDurationsAndSizes() {
    assertThatObject(read("x: 1m30s", root -> root.duration("x")))
        .isEqualTo(Duration.ofSeconds(90));
    assertThatObject(read("x: 100MiB", root -> root.size("x")))
        .isEqualTo(DataSize.ofMebibytes(100));
    assertThat(
            error("x: 2h", root -> root.duration("x").between(Duration.ZERO, Duration.ofHours(1))))
        .isEqualTo("c:1: x: must be between 0s and 3600s, and is 7200s");
    assertThat(error("x: 1KiB", root -> root.size("x").atLeast(DataSize.ofMebibytes(1))))
        .isEqualTo("c:1: x: must be at least 1MiB, and is 1KiB");
  }

  @Test
  void readsConstants() {
    assertThatObject(read("x: when-required", root -> root.oneOf("x", Checksums.class)))
        .isEqualTo(Checksums.WHEN_REQUIRED);
    assertThatObject(read("x: WHEN_REQUIRED", root -> root.oneOf("x", Checksums.class)))
        .isEqualTo(Checksums.WHEN_REQUIRED);
    assertThat(error("x: never", root -> root.oneOf("x", Checksums.class)))
        .isEqualTo("c:1: x: must be one of when-required, always");
  }

  @Test
  void readsPathsAndUris() {
    assertThatObject(read("x: /var/spool", root -> root.path("x")))
        .isEqualTo(Path.of("/var/spool"));
    assertThatObject(read("x: http://[::1]:9000", root -> root.uri("x")))
        .isEqualTo(URI.create("http://[::1]:9000"));
    assertThat(error("x: ''", root -> root.path("x")))
        .isEqualTo("c:1: x: must be the path of a file or a directory");
    assertThat(error("x: minio", root -> root.uri("x")))
        .isEqualTo("c:1: x: must be a URI with a scheme, such as https://host:port");
    assertThat(error("x: 'http://a b'", root -> root.uri("x")))
        .isEqualTo("c:1: x: is not a URI: Illegal character in authority");
  }

  @Test
  void readsHostsAndPorts() {
    List<HostPort> two = List.of(new HostPort("a", 1), new HostPort("fd00::7", 9092));

    assertThatObject(read("x: 'a:1, [fd00::7]:9092'", root -> root.hostPorts("x"))).isEqualTo(two);
    assertThatObject(read("x: ['a:1', '[fd00::7]:9092']", root -> root.hostPorts("x")))
        .isEqualTo(two);
    assertThat(two).hasToString("[a:1, [fd00::7]:9092]");
    assertThat(error("x: [a:1, b]", root -> root.hostPorts("x")))
        .isEqualTo("c:1: x[1]: \"b\" must be host:port, such as broker-1:9092 or [fd00::7]:9092");
    assertThat(error("x: a:99999", root -> root.hostPorts("x")))
        .isEqualTo("c:1: x: the port must be between 1 and 65535, and is 99999");
    assertThat(error("x: ''", root -> root.hostPorts("x"))).startsWith("c:1: x: \"\" must be host");
  }

  @Test
  void aVariableReplacesTheWholeListOfHosts() {
    ConfigurationSource source =
        ConfigurationSource.text("c", "x: ['a:1', 'b:2']")
            .overriddenBy(Map.of("ALERTCAP_X", "c:3"));

    assertThat(source.read(root -> root.hostPorts("x").required()).settings())
        .containsExactly(new HostPort("c", 3));
  }

  @Test
  void readsListsElementByElement() {
    assertThatObject(read("x: [a, b]", root -> root.texts("x"))).isEqualTo(List.of("a", "b"));
    assertThatObject(read("x: [1, 22]", root -> root.list("x", Integer::parseInt)))
        .isEqualTo(List.of(1, 22));
    assertThat(error("x:\n - a+\n - (b\n", root -> root.list("x", Pattern::compile)))
        .startsWith("c:3: x[1]: Unclosed group");
    assertThat(error("x:\n - a\n -\n", root -> root.texts("x"))).isEqualTo("c:3: x[1]: is missing");
  }

  @Test
  void readsMapsOfTheUsersOwnKeys() {
    assertThatObject(read("x: { sasl.mechanism: PLAIN, a: 1 }", root -> root.textMap("x")))
        .isEqualTo(Map.of("sasl.mechanism", "PLAIN", "a", "1"));
    assertThat(error("x:\n  a: 1\n  b: [2]\n", root -> root.textMap("x")))
        .isEqualTo("c:3: x.b: must be a single value, not a list");
    assertThat(error("x: 1", root -> root.textMap("x")))
        .isEqualTo("c:1: x: must be a section with keys, not a single value");
  }

  @Test
  void readsWhateverCanBeParsed() {
    assertThatObject(
            read("x: a+", root -> root.text("x").as(Pattern::compile).as(Pattern::pattern)))
        .isEqualTo("a+");
    assertThat(error("x: (", root -> root.text("x").as(Pattern::compile)))
        .startsWith("c:1: x: Unclosed group");
    assertThat(error("x: a", root -> root.text("x").check(x -> x.length() > 1, "is too short")))
        .isEqualTo("c:1: x: is too short");
  }

  @Test
  void readsSecretsFromFiles(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "s3cr3t\n");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");

    assertThatObject(read("xFile: " + file, root -> root.secret("x").as(Secret::reveal)))
        .isEqualTo("s3cr3t");
    assertThatObject(read("x: s3cr3t", root -> root.secret("x"))).isEqualTo(new Secret("s3cr3t"));
    assertThat(new Secret("s3cr3t")).hasToString("(secret)");
    assertThat(error("x: a\nxFile: " + file, root -> root.secret("x")))
        .isEqualTo("c:2: xFile: is given, and so is x: leave one of them out");
    assertThat(error("xFile: " + empty, root -> root.secret("x")))
        .isEqualTo("c:1: xFile: " + empty + " is empty");
    assertThat(error("", Map.of("ALERTCAP_X_FILE", "/none"), root -> root.secret("x")))
        .isEqualTo("ALERTCAP_X_FILE: xFile: cannot read /none: there is no such file");
    assertThat(error("", root -> root.secret("x"))).isEqualTo("c: x: is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrapServers,ALERTCAP_KAFKA_BOOTSTRAP_SERVERS",
    "s3.secretKeyFile,ALERTCAP_S3_SECRET_KEY_FILE",
    "standalone.s3Port,ALERTCAP_STANDALONE_S3_PORT",
    "policy.allowPid,ALERTCAP_POLICY_ALLOW_PID",
    "http,ALERTCAP_HTTP"
  })
  void variablesAreNamedFromPaths(String path, String variable) {
    assertThat(Environment.variable(path)).isEqualTo(variable);
  }

  @Test
  void tellsASectionFromASingleValue() {
    assertThat(isSection("x: { y: 1 }", Map.of())).isTrue();
    assertThat(isSection("x: none", Map.of())).isFalse();
    assertThat(isSection("", Map.of())).isFalse();
    assertThat(isSection("x: { y: 1 }", Map.of("ALERTCAP_X", "none"))).isFalse();
  }

  private static boolean isSection(String yaml, Map<String, String> environment) {
    return ConfigurationSource.text("c", yaml)
        .overriddenBy(environment)
        .read(root -> {
          boolean section = root.isSection("x");
          if (section) {
            root.section("x").leaveToOthers("y");
          }
          return root.build(() -> section);
        })
        .settings();
  }
}
