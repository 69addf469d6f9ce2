package io.alertcap.foundation.policy;

/** Matches names against patterns in which {@code *} stands for any number of characters. */
final class Glob {

  private Glob() {}

  /** Takes at most the product of both lengths, however many stars there are. */
  static boolean matches(String glob, String name) {
    int at = 0;
    int inName = 0;
    int star = -1;
    int starInName = 0;
    while (inName < name.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        starInName = inName;
      } else if (at < glob.length() && glob.charAt(at) == name.charAt(inName)) {
        at++;
        inName++;
      } else if (star >= 0) {
        at = star + 1;
        inName = ++starInName;
      } else {
        return false;
      }
    }
    return glob.substring(at).chars().allMatch(c -> c == '*');
  }
}
