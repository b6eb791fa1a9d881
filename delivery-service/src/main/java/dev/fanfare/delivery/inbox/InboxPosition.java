package dev.fanfare.delivery.inbox;

import dev.fanfare.contracts.delivery.InboxPlace;

/**
 * A place in a user's inbox.
 *
 * @param epoch the life of the inbox: another one begins after a user was deleted. Ms since 1970 at its beginning
 * @param offset all messages up to this one
 */
public record InboxPosition(long epoch, long offset) {

    /** Of a user to whom nothing was sent yet. */
    public static final InboxPosition NONE = new InboxPosition(0, 0);

    /** As records have it. */
    public static InboxPosition of(InboxPlace place) {
        return new InboxPosition(place.epoch(), place.offset());
    }

    /** As records have it. */
    public InboxPlace place() {
        return new InboxPlace(epoch, offset);
    }

    /** As clients have it. */
    public String epochText() {
        return Long.toString(epoch, Character.MAX_RADIX);
    }

    /** What a client gave back; another epoch than any inbox has if it is not one of ours. */
    public static InboxPosition of(String epoch, long offset) {
        try {
            return new InboxPosition(Long.parseLong(epoch, Character.MAX_RADIX), offset);
        } catch (NumberFormatException e) {
            return new InboxPosition(-1, offset);
        }
    }

    /** Whether a device that stands here has the message at {@code other}. */
    public boolean covers(InboxPosition other) {
        return epoch == other.epoch && offset >= other.offset;
    }
}
