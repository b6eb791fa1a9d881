package dev.fanfare.delivery.inbox;

/**
 * What became of a {@link NewMessage}.
 *
 * @param position where it is; null: it is older than what is kept
 * @param again it was there already
 */
public record Stored(InboxPosition position, boolean again) {

    static final Stored EXPIRED = new Stored(null, false);
}
