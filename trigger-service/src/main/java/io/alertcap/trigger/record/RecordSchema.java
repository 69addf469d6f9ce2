package io.alertcap.trigger.record;

import java.util.List;

/** The tables in a {@link RecordFile}. */
final class RecordSchema {

  /** Of the tables, and of what lies in them; a file with another one is rebuilt. */
  static final int VERSION = 1;

  private RecordSchema() {}

  /**
   * Times are microseconds since 1970. The two keys are digests, so that their indexes stay small;
   * they are null for a capture of which nothing came.
   */
  static final List<String> STATEMENTS =
      List.of(
          """
          create table capture(
            number integer primary key, id text not null unique, at integer not null,
            status text not null, counts integer not null, namespace text, pod text, node text,
            rule text, alertname text, identity text, fingerprint text, until integer,
            bytes integer, json_bytes integer not null, target_key integer, incident_key integer)\
          """,
          "create table topic(only integer primary key check (only = 1), id text not null)",
          "create table partition(number integer primary key, next integer not null, epoch integer)",
          "create table record(number integer primary key, json blob not null)",
          "create table waiting(id text primary key, expires integer not null, request blob not null)",
          "create index by_expiry on waiting(expires)",
          "create index by_time on capture(at)",
          "create index by_namespace on capture(namespace, at)",
          "create index by_pod on capture(pod, at)",
          "create index by_node on capture(node, at)",
          "create index by_rule on capture(rule, at)",
          "create index by_alertname on capture(alertname, at)",
          "create index by_status on capture(status, at)",
          "create index by_target_key on capture(target_key, at) where target_key is not null",
          "create index by_incident_key on capture(incident_key, at) where incident_key is not null",
          """
          create index by_open_alert on capture(fingerprint)
            where status in ('requested', 'started')\
          """,
          "create index by_until on capture(until) where status in ('requested', 'started')");
}
