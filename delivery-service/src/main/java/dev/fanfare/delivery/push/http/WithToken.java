package dev.fanfare.delivery.push.http;

import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.AccessToken.NotGrantedException;
import dev.fanfare.delivery.push.PushResult;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Sends with an access token, and once more with a new one if the provider refuses it before its time. */
public final class WithToken {

    private WithToken() {}

    /**
     * What became of a push.
     *
     * @param tokenRefused the provider did not look at the push, because of the access token
     * @param result what to tell if a new token does not help
     */
    public record Attempt(boolean tokenRefused, PushResult result) {

        public static Attempt over(PushResult result) {
            return new Attempt(false, result);
        }
    }

    public static Uni<PushResult> send(AccessToken token, Function<String, Uni<Attempt>> send) {
        return token.sending(send, Attempt::tokenRefused)
                .map(Attempt::result)
                .onFailure(NotGrantedException.class)
                .recoverWithItem(NotGrantedException::result);
    }
}
