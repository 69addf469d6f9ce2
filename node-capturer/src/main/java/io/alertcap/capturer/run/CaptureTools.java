package io.alertcap.capturer.run;

import io.alertcap.capturer.capture.PacketSource;
import io.alertcap.capturer.meter.CapturerMeters;
import io.alertcap.capturer.policy.Budgets;
import io.alertcap.capturer.spool.Spool;
import io.alertcap.schemas.DataSize;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What every capture is run with.
 *
 * @param buffer of the kernel, for each capture
 * @param journal runs what must not keep the packets waiting
 */
public record CaptureTools(
    TargetNamespaces namespaces,
    PacketSource source,
    Spool spool,
    Budgets budgets,
    CaptureSteps steps,
    CapturerMeters meters,
    DataSize buffer,
    Clock clock,
    Executor journal) {}
