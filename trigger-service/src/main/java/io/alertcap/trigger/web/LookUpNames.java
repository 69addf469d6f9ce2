package io.alertcap.trigger.web;

import io.alertcap.schemas.InvalidField;
import io.alertcap.schemas.json.Json;
import io.alertcap.schemas.json.Reading;
import io.alertcap.trigger.target.AddressBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/names}: what node capturers write beside addresses. */
final class LookUpNames implements Endpoint {

  /** Of a question with as many addresses as there may be, in their longest spelling. */
  static final long MAX_BODY = 256 << 10;

  private static final int MOST_ADDRESSES = 4096;

  /** As many as a capturer takes. */
  private static final int MOST_NAMES = 8;

  private final AddressBook addresses;

  LookUpNames(AddressBook addresses) {
    this.addresses = addresses;
  }

  record Question(List<String> addresses) {
    Question(@Nullable List<String> addresses) {
      if (addresses == null) {
        throw new InvalidField("addresses", "is missing");
      }
      if (addresses.size() > MOST_ADDRESSES) {
        throw new InvalidField("addresses", "must be at most " + MOST_ADDRESSES);
      }
      this.addresses = List.copyOf(addresses);
    }
  }

  private record Body(Map<String, List<String>> names) {}

  @Override
  public Answer answer(Call call) {
    if (!call.isJson()) {
      return Problem.notJson();
    }
    return switch (Json.read(call.body().bytes(), Question.class)) {
      case Reading.Invalid<Question>(String path, String message) ->
          Problem.badRequest(path, message);
      case Reading.Valid<Question>(Question question) ->
          Answer.json(200, new Body(names(question.addresses)));
    };
  }

  private Map<String, List<String>> names(List<String> asked) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (String address : asked) {
      List<String> known = addresses.namesOf(address).stream().limit(MOST_NAMES).toList();
      if (!known.isEmpty()) {
        names.put(address, known);
      }
    }
    return names;
  }
}
