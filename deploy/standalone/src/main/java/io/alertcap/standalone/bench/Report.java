package io.alertcap.standalone.bench;

import java.time.Instant;
import java.util.List;

/** Everything that was measured in one go. */
public record Report(Instant at, Machine machine, List<Measured> measures) {}
