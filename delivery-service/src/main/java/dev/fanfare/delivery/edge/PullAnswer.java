package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.Slice;
import dev.fanfare.delivery.window.StreamPosition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link CatchUp} is told to a client that polls: as much of it as one answer may hold, at least one message, and
 * the position from which to ask for the rest.
 *
 * @param position where the client stands when it has {@code messages}
 * @param recovered these and what follows are everything that the client has not seen
 * @param more there is more right now
 */
record PullAnswer(StreamPosition position, boolean recovered, List<Broadcast> messages, boolean more) {

    private static final int MAX_POSITION = 128;

    /**
     * @param asked the position that the client named, or null
     * @param remembered where its device is known to be, or null
     * @param maxBytes of messages, unless the first one alone is larger
     */
    static PullAnswer of(
            BroadcastWindow window, String appKey, StreamPosition asked, StreamPosition remembered, long maxBytes) {
        CatchUp catchUp = window.catchUp(appKey, asked, remembered, maxBytes);
        long position = catchUp.position().offset();
        List<Broadcast> messages = catchUp.broadcasts();
        if (messages.isEmpty()) {
            // Nothing came, or something is gone and the rest is still held, or the first one is larger than a reply.
            Slice held = window.readHeld(
                    appKey, catchUp.joined(), position, catchUp.joined().end(), maxBytes, 0);
            position = held.to();
            messages = held.broadcasts();
        }
        Slice rest = window.readHeld(
                appKey, catchUp.joined(), position, catchUp.joined().end(), 0, 0);
        if (rest.isEmpty() && !rest.lost()) {
            position = Math.max(position, catchUp.joined().end());
        }
        return new PullAnswer(
                new StreamPosition(catchUp.position().epoch(), position),
                catchUp.complete(),
                messages,
                !rest.isEmpty());
    }

    /** The messages stand in it as they are: they are JSON already, and so is the position, which needs no escaping. */
    byte[] toJson() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes(
                ascii("{\"position\":\"" + text(position) + "\",\"recovered\":" + recovered + ",\"messages\":["));
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                json.write(',');
            }
            json.writeBytes(messages.get(i).data());
        }
        json.writeBytes(ascii("],\"more\":" + more + "}"));
        return json.toByteArray();
    }

    /** As clients keep it; it may stand in a URL. */
    static String text(StreamPosition position) {
        return position.epoch() + "." + position.offsetForClients();
    }

    /** Empty if this is no position of ours. */
    static Optional<StreamPosition> parse(String text) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0 || text.length() > MAX_POSITION) {
            return Optional.empty();
        }
        try {
            long offset = Long.parseLong(text.substring(dot + 1));
            return offset < 0 ? Optional.empty() : Optional.of(new StreamPosition(text.substring(0, dot), offset));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
