package io.alertcap.capturer.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {

  private static final String HEX =
      "72651dc7a7a1e5b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182930";

  @ParameterizedTest
  @ValueSource(strings = {"containerd://", "cri-o://", "docker://", ""})
  void readsTheIdAfterTheScheme(String scheme) {
    assertThat(ContainerId.parse(scheme + HEX).hex()).isEqualTo(HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "containerd://",
        "72651dc7a7a1",
        "rkt://72651dc7a7a1e5b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182930",
        "72651DC7A7A1E5B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F607182930",
        "72651dc7a7a1e5b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182930\n",
        "../../../../../etc/passwd"
      })
  void refusesEverythingElseWithASentence(String text) {
    assertThatThrownBy(() -> ContainerId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A container ID is 64 lower-case hexadecimal digits");
  }
}
