package io.alertcap.capturer;

import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.schemas.CaptureStatus;
import java.io.IOException;

/** What the spool and the budgets have to show on {@code /metrics}, read when somebody asks. */
final class SpoolMeters {

  private final Spool spool;
  private final Budgets budgets;

  SpoolMeters(Spool spool, Budgets budgets) {
    this.spool = spool;
    this.budgets = budgets;
  }

  void register(CapturerMeters meters) {
    meters.quarantined(spool.quarantined());
    meters.foreign(() -> spool.foreign().count());
    meters.running(budgets::running);
    meters.spoolBytes(this::bytes);
    meters.outbox(this::unacknowledged);
    for (CaptureStatus status : CaptureStatus.values()) {
      meters.spoolCaptures(status, () -> captures(status));
    }
  }

  private double bytes() {
    try {
      return (double) spool.usedBytes();
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }

  private long unacknowledged() {
    return spool.captures().stream()
        .mapToLong(capture -> capture.journal().unacknowledged().size())
        .sum();
  }

  private long captures(CaptureStatus status) {
    return spool.captures().stream().filter(capture -> capture.status() == status).count();
  }
}
