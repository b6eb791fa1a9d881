package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.CatchUp;
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

    static PullAnswer of(CatchUp catchUp, int maxBytes) {
        List<Broadcast> due = catchUp.broadcasts();
        int fitting = fitting(due, maxBytes);
        if (fitting == due.size()) {
            return new PullAnswer(catchUp.position(), catchUp.complete(), due, false);
        }
        StreamPosition last = new StreamPosition(
                catchUp.position().epoch(), due.get(fitting - 1).offset());
        return new PullAnswer(last, catchUp.complete(), due.subList(0, fitting), true);
    }

    private static int fitting(List<Broadcast> due, int maxBytes) {
        long bytes = 0;
        for (int i = 0; i < due.size(); i++) {
            bytes += due.get(i).data().length;
            if (bytes > maxBytes && i > 0) {
                return i;
            }
        }
        return due.size();
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
        return position.epoch() + "." + position.offset();
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
