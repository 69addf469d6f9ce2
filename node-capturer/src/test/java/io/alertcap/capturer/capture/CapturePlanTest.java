package io.alertcap.capturer.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alertcap.capturer.capture.InterfaceSelection.NoneFits;
import io.alertcap.capturer.capture.InterfaceSelection.Selected;
import io.alertcap.capturer.netns.NamespaceInterfaces.Link;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturePlanTest {

  private static final Link LO = new Link("lo", 1, true, true);
  private static final Link ETH0 = new Link("eth0", 2, true, false);
  private static final Link NET1 = new Link("net1", 3, true, false);
  private static final Link DOWN = new Link("tunl0", 4, false, false);

  @Test
  void readsAnInterfaceChoice() {
    assertThat(InterfaceChoice.parse("auto")).isEqualTo(new InterfaceChoice.Auto());
    assertThat(InterfaceChoice.parse("any")).isEqualTo(new InterfaceChoice.Any());
    assertThat(InterfaceChoice.parse("eth0.100")).isEqualTo(new InterfaceChoice.Named("eth0.100"));
    assertThat(InterfaceChoice.parse("eth0,net1,eth0"))
        .isEqualTo(
            new InterfaceChoice.Several(
                List.of(new InterfaceChoice.Named("eth0"), new InterfaceChoice.Named("net1"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eth0,",
        "eth0,any:",
        "an-interface-too-long",
        "../x",
        "a b",
        "usbmon:1",
        ".."
      })
  void refusesWhatIsNoInterface(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InterfaceChoice.parse(text))
        .withMessageContaining("is no interface");
  }

  @Test
  void takesTheOneInterfaceThatIsUpAndNoLoopback() {
    assertThat(InterfaceSelection.of(new InterfaceChoice.Auto(), List.of(LO, DOWN, ETH0)))
        .isEqualTo(new Selected("eth0", List.of("eth0")));
  }

  @Test
  void takesAllWhereSeveralAreUp() {
    assertThat(InterfaceSelection.of(new InterfaceChoice.Auto(), List.of(LO, ETH0, NET1)))
        .isEqualTo(new Selected("any", List.of("eth0", "net1")));
  }

  @Test
  void takesAllAndKeepsThePacketsOfThoseThatWereChosen() {
    InterfaceSelection selection =
        InterfaceSelection.of(InterfaceChoice.parse("eth0,net1"), List.of(LO, ETH0, NET1, DOWN));

    assertThat(selection)
        .isEqualTo(
            new Selected(
                "any", List.of("eth0", "net1"), new CaptureFilter("ifindex 2 or ifindex 3")));
    assertThat(((Selected) selection).label()).isEqualTo("eth0,net1");
  }

  @Test
  void refusesToCaptureOnSomeOfThoseThatWereChosen() {
    assertThat(InterfaceSelection.of(InterfaceChoice.parse("eth0,eth7"), List.of(LO, ETH0, NET1)))
        .isInstanceOfSatisfying(
            NoneFits.class, none -> assertThat(none.reason()).contains("'eth7'"));
  }

  @Test
  void saysThatThereIsOnlyLoopback() {
    assertThat(InterfaceSelection.of(new InterfaceChoice.Auto(), List.of(LO, DOWN)))
        .isInstanceOfSatisfying(
            NoneFits.class, none -> assertThat(none.reason()).contains("[lo, tunl0]"));
  }

  @Test
  void namesTheInterfacesThatExistWhereTheOneAskedForDoesNot() {
    assertThat(InterfaceSelection.of(new InterfaceChoice.Named("eth1"), List.of(LO, ETH0)))
        .isInstanceOfSatisfying(
            NoneFits.class, none -> assertThat(none.reason()).contains("'eth1'", "[lo, eth0]"));
  }

  @Test
  void boundsAFilter() {
    assertThat(new CaptureFilter(" port 53\n").expression()).isEqualTo("port 53");
    assertThat(new CaptureFilter("ip" + " ".repeat(4087) + "and tcp").expression()).hasSize(4096);
    assertThatIllegalArgumentException().isThrownBy(() -> new CaptureFilter("x".repeat(4097)));
    assertThatIllegalArgumentException().isThrownBy(() -> new CaptureFilter("port 53\0 or ip"));
  }
}
