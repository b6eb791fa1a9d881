package dev.fanfare.broadcast.recall;

import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress;
import java.util.Optional;

/**
 * A job whose message is taken back.
 *
 * @param cancelled its progress, if it was not at its end yet
 */
record RecalledJob(InApp inApp, Optional<JobProgress> cancelled) {}
