package org.voltwin.model.lab;

import java.time.Instant;

/** Not usable from inclusive to exclusive: calibration, repair, leave. */
public record Closure(Instant from, Instant to, String reason) {}
