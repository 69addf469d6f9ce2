package io.alertcap.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0B",
    "0B, 0, 0B",
    "1, 1, 1B",
    "1023B, 1023, 1023B",
    "1024, 1024, 1KiB",
    "4KiB, 4096, 4KiB",
    "4 KiB, 4096, 4KiB",
    "1536KiB, 1572864, 1536KiB",
    "100MiB, 104857600, 100MiB",
    "1GiB, 1073741824, 1GiB",
    "1TiB, 1099511627776, 1TiB",
    "1kB, 1000, 1000B",
    "1KB, 1000, 1000B",
    "100MB, 100000000, 100000000B",
    "1GB, 1000000000, 1000000000B",
    "1TB, 1000000000000, 976562500KiB",
    "9223372036854775807, 9223372036854775807, 9223372036854775807B",
    "8388607TiB, 9223370937343148032, 8388607TiB"
  })
  void readsAndWrites(String text, long bytes, String written) {
    assertThat(DataSize.parse(text)).isEqualTo(DataSize.ofBytes(bytes));
    assertThat(DataSize.ofBytes(bytes)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "B",
        "MiB",
        "-1",
        "+1",
        "1.5GiB",
        "1e3",
        "1K",
        "1M",
        "1mib",
        "1MIB",
        "1 0",
        "1  B",
        " 1B",
        "1B ",
        "1B\n",
        "0x10",
        "١KiB",
        "9223372036854775808",
        "8388608TiB",
        "99999999999999999999"
      })
  void refuses(String text) {
    assertThatThrownBy(() -> DataSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be ");
  }

  @ParameterizedTest
  @MethodSource("io.alertcap.schemas.Seeds#seeds")
  void everyAmountComesBack(long seed) {
    Random random = new Random(seed);
    DataSize size = DataSize.ofBytes(random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));

    assertThat(DataSize.parse(size.toString())).isEqualTo(size);
  }

  @Test
  void neverNegativeAndNeverTooLarge() {
    assertThatThrownBy(() -> DataSize.ofBytes(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DataSize.ofGibibytes(1L << 40))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void isOrderedByAmount() {
    assertThat(DataSize.ofMebibytes(1))
        .isLessThan(DataSize.ofGibibytes(1))
        .isEqualByComparingTo(DataSize.ofKibibytes(1024));
  }
}
