package io.alertcap.foundation.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads single values; what cannot be read is an {@link IllegalArgumentException} that says why.
 */
final class Scalars {

  private static final int MAX_SECRET_BYTES = 64 * 1024;

  /** Without what Java takes besides: hexadecimal digits, exponents, NaN. */
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");

  private Scalars() {}

  static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static int integer(String text) {
    long number = number(text);
    if (number != (int) number) {
      throw new IllegalArgumentException("must be a whole number below 2147483648");
    }
    return (int) number;
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  static double decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a decimal number such as 0.05");
    }
    return Double.parseDouble(text);
  }

  static <E extends Enum<E>> E constant(Class<E> constants, String text) {
    String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(constants.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + spelled(constants)));
  }

  private static <E extends Enum<E>> String spelled(Class<E> constants) {
    return Arrays.stream(constants.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.joining(", "));
  }

  static Path path(String text) {
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("must be the path of a file or a directory");
    }
    return Path.of(text);
  }

  static URI uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URI: " + e.getReason(), e);
    }
    throw new IllegalArgumentException("must be a URI with a scheme, such as https://host:port");
  }

  /** The text of the file, without the line end that editors and {@code echo} leave. */
  static Secret secret(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
      if (bytes.length > MAX_SECRET_BYTES) {
        throw new IllegalArgumentException(file + " is larger than 64 KiB: hardly a secret");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String secret = text.replaceFirst("\\R\\z", "");
      if (secret.isEmpty()) {
        throw new IllegalArgumentException(file + " is empty");
      }
      return new Secret(secret);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(Unreadable.because(file, e), e);
    }
  }
}
