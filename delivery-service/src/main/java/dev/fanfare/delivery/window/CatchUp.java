package dev.fanfare.delivery.window;

import java.util.List;

/**
 * What a session is told when it joins an app's stream.
 *
 * @param complete nothing is missing between the client's position and {@code broadcasts}; false: something is gone, the
 *     client must be told so, and what is still held follows after {@code position}
 * @param broadcasts in order, oldest first; as many as may stand in a reply, none if not {@code complete}
 * @param position where the session stands when it has them; later broadcasts are due to it, held ones included. Below
 *     the {@link Joined#end} it has to read on with {@link BroadcastWindow#readHeld}
 */
public record CatchUp(boolean complete, List<Broadcast> broadcasts, StreamPosition position, Joined joined) {}
