package dev.fanfare.delivery.window;

import java.util.List;

/**
 * What a session gets when it joins an app's stream.
 *
 * @param complete {@code broadcasts} are everything that the client has not seen; false: something older is gone, and
 *     the client must be told so, but these are still due
 * @param start the position before {@code broadcasts}
 * @param broadcasts in order, oldest first
 * @param position where the session stands when it has them: live broadcasts up to there are not for it
 */
public record CatchUp(boolean complete, StreamPosition start, List<Broadcast> broadcasts, StreamPosition position) {}
