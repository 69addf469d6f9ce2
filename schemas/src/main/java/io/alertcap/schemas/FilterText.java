package io.alertcap.schemas;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be in a filter although libpcap compiles it: names that the compiler looks up,
 * which takes a DNS server's time in a capture's way, and so many conditions that compiling takes
 * seconds. Reads the words of pcap-filter(7) as libpcap does ({@code scanner.l}), and leaves to
 * libpcap whether they make sense.
 */
public final class FilterText {

  /** Compiling so many took at most half a second on one core; 4,096 characters of them 12 s. */
  public static final int MAX_CONDITIONS = 256;

  private static final String HEX_GROUP = "[0-9A-Fa-f]{1,4}";
  private static final String IPV4 = "\\d+(\\.\\d+){3}";
  private static final String BYTE = "[0-9A-Fa-f]{1,2}";

  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]+");
  private static final Pattern DOTTED =
      Pattern.compile("([0-9]+|0[xX][0-9A-Fa-f]+)(\\.([0-9]+|0[xX][0-9A-Fa-f]+)){1,3}");
  private static final Pattern MAC =
      Pattern.compile(
          "%1$s(:%1$s){5}|%1$s(-%1$s){5}|%1$s(\\.%1$s){5}|%2$s\\.%2$s\\.%2$s|[0-9A-Fa-f]{12}"
              .formatted(BYTE, "[0-9A-Fa-f]{4}"));
  private static final Pattern IPV6 =
      Pattern.compile(
          "(%1$s:){7}%1$s|(%1$s:){6}%2$s|(?=([^:]*:){2,7}[^:]*$|::([^:]*:){6}[^:]*$|([^:]*:){6}[^:]*::$)(%1$s(:%1$s)*)?::((%1$s:)*(%1$s|%2$s))?"
              .formatted(HEX_GROUP, IPV4));

  /** Two or more colons: an address, or nothing that libpcap knows. */
  private static final Pattern WITH_COLONS =
      Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]*[.A-Za-z0-9])?");
  private static final Pattern ESCAPED = Pattern.compile("\\\\[^ !()\\n\\t]+");
  private static final Pattern SYMBOL = Pattern.compile("&&|\\|\\||\\$[0-9A-Fa-f]{1,2}|(?s).");

  private static final Set<String> COMBINING = Set.of("and", "or", "&&", "||");

  /** After these, a word is looked up in a file of the machine; so is each that follows. */
  private static final Set<String> OF_LOCAL_FILES =
      Set.of("port", "portrange", "proto", "protochain");

  /** After these, one word is known to libpcap, or is none that it looks up. */
  private static final Set<String> BEFORE_ONE_WORD =
      Set.of(
          "type",
          "subtype",
          "dir",
          "direction",
          "on",
          "ifname",
          "rset",
          "ruleset",
          "reason",
          "action");

  /** {@code scanner.l} of libpcap 1.10, the oldest that is supported. */
  private static final Set<String> KEYWORDS =
      Set.of(
          ("aarp action addr1 addr2 addr3 addr4 address1 address2 address3 address4 ah and arp atalk bcc"
                  + " broadcast byte carp clnp connectmsg csnp decnet dir direction dpc dst es-is esis esp ether"
                  + " fddi fisu gateway geneve greater hdpc hfisu hlssu hmsu hopc host hsio hsls icmp icmp-echo"
                  + " icmp-echoreply icmp-ireq icmp-ireqreply icmp-maskreply icmp-maskreq icmp-paramprob"
                  + " icmp-redirect icmp-routeradvert icmp-routersolicit icmp-sourcequench icmp-timxceed"
                  + " icmp-tstamp icmp-tstampreply icmp-unreach icmp6 icmp6-certpathadvert icmp6-certpathsolicit"
                  + " icmp6-echo icmp6-echoreply icmp6-homeagentdiscoveryreply icmp6-homeagentdiscoveryrequest"
                  + " icmp6-ineighbordiscoveryadvert icmp6-ineighbordiscoverysolicit icmp6-mobileprefixadvert"
                  + " icmp6-mobileprefixsolicit icmp6-multicastlistenerdone icmp6-multicastlistenerquery"
                  + " icmp6-multicastlistenerreportv1 icmp6-multicastlistenerreportv2 icmp6-multicastrouteradvert"
                  + " icmp6-multicastroutersolicit icmp6-multicastrouterterm icmp6-neighboradvert"
                  + " icmp6-neighborsolicit icmp6-nodeinformationquery icmp6-nodeinformationresponse"
                  + " icmp6-redirect icmp6-routeradvert icmp6-routerrenum icmp6-routersolicit icmp6code icmp6type"
                  + " icmpcode icmptype ifindex ifname igmp igrp iih ilmic inbound ip ip6 ipx is-is isis iso l1 l2"
                  + " lane lat len length less link llc lsp lssu lsu mask metac metaconnect mopdl moprc mpls msu"
                  + " multicast net netbeui not oam oamf4 oamf4ec oamf4sc on opc or outbound pim port portrange ppp"
                  + " pppoed pppoes proto protochain psnp ra radio rarp reason rnr rset rulenum ruleset sc sca sctp"
                  + " sio slip sls snp src srnr stp subrulenum subtype ta tcp tcp-ack tcp-cwr tcp-ece tcp-fin"
                  + " tcp-push tcp-rst tcp-syn tcp-urg tcpflags tr type udp vci vlan vpi vrrp wlan")
              .split(" "));

  private final String filter;
  private String context = "host";
  private boolean oneWordFollows;
  private int conditions = 1;

  private FilterText(String filter) {
    this.filter = filter;
  }

  /**
   * The filter itself.
   *
   * @throws InvalidField for {@code filter}, with a clause that says what to write instead
   */
  public static String checked(String filter) {
    problem(filter)
        .ifPresent(clause -> {
          throw new InvalidField("filter", clause);
        });
    return filter;
  }

  /** Why a filter is refused, as a clause without a subject; whether it compiles is not known. */
  public static Optional<String> problem(String filter) {
    return new FilterText(filter).problem();
  }

  private Optional<String> problem() {
    int position = 0;
    while (position < filter.length()) {
      String token = token(position);
      position += token.length();
      if (isLookedUp(token)) {
        return Optional.of(
            "must not hold the name '%s', which would be looked up while packets pass: write its address or number"
                .formatted(token));
      }
      note(token);
    }
    return conditions <= MAX_CONDITIONS
        ? Optional.empty()
        : Optional.of(
            "must combine at most %d conditions, of which a port counts 2 and a range of ports 4, and these are %d: compiling them takes too long"
                .formatted(MAX_CONDITIONS, conditions));
  }

  private String token(int position) {
    Matcher matcher = WITH_COLONS.matcher(filter).region(position, filter.length());
    for (Pattern each : new Pattern[] {WITH_COLONS, WORD, ESCAPED, SYMBOL}) {
      if (matcher.usePattern(each).lookingAt()) {
        return matcher.group();
      }
    }
    throw new IllegalStateException("Every character is a symbol.");
  }

  private boolean isLookedUp(String token) {
    if (matches(WITH_COLONS, token)) {
      return !matches(MAC, token) && !matches(IPV6, token);
    }
    boolean isName =
        matches(ESCAPED, token)
            || (matches(WORD, token)
                && !KEYWORDS.contains(token)
                && !matches(NUMBER, token)
                && !matches(DOTTED, token)
                && !matches(MAC, token));
    return isName && !oneWordFollows && !OF_LOCAL_FILES.contains(context);
  }

  private void note(String token) {
    if (token.isBlank()) {
      return;
    }
    if (COMBINING.contains(token)) {
      conditions +=
          switch (context) {
            case "portrange" -> 4;
            case "port" -> 2;
            default -> 1;
          };
    } else if (KEYWORDS.contains(token) && !token.equals("not")) {
      context = token;
    }
    oneWordFollows = BEFORE_ONE_WORD.contains(token);
  }

  private static boolean matches(Pattern pattern, String token) {
    return pattern.matcher(token).matches();
  }
}
