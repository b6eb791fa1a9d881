package dev.fanfare.delivery.recall;

import java.util.Optional;

/**
 * A message that is taken back.
 *
 * @param inInboxes what whoever has not read it yet reads in its place, in each inbox that has it; empty if that is done
 *     inbox by inbox
 */
public record Recall(MessageKey message, Optional<byte[]> inInboxes) {}
