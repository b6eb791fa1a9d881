package dev.fanfare.gateway.zim.message;

import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who may send: users that are registered, by whichever API, whether or not they were ever connected. */
@ApplicationScoped
class Senders {

    private final Users users;

    Senders(Users users) {
        this.users = users;
    }

    /** Why the user may not send; empty: it may. */
    Uni<Optional<ZimAnswer>> refusal(String appKey, String userId) {
        return users.find(appKey, userId)
                .map(user ->
                        user.isPresent() ? Optional.empty() : Optional.of(ZimAnswer.refused(ZimError.SENDER_UNKNOWN)));
    }
}
