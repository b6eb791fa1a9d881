package dev.fanfare.gateway;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** How long a caller waits for what the gateway needs: an answer comes within 5 s, whatever is away. */
public final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(4);

    private Patience() {}

    /**
     * @param what that answers, for the log
     * @return the answer, or an {@link UnavailableException} when it is a failure or does not come in time
     */
    public static <T> Uni<T> with(String what, Uni<T> answer) {
        return answer.ifNoItem().after(LIMIT).fail().onFailure().transform(e -> new UnavailableException(what, e));
    }
}
