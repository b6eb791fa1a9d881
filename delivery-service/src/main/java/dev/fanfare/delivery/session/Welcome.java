package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.StreamPosition;
import java.util.Optional;

/**
 * What is known of a client and its device when it joins.
 *
 * @param position where the device was in the broadcasts, as far as is known
 */
record Welcome(Optional<StreamPosition> position, InboxOpening inbox) {}
