package dev.fanfare.delivery.access;

import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Judges the token with which a client connects or goes on, and its session later. Fast enough for an event loop. */
@ApplicationScoped
public class ConnectAccess {

    private final UserTokens tokens;
    private final UserAccessTable table;

    public ConnectAccess(TokensConfig config, UserAccessTable table) {
        this.tokens = new UserTokens(new TokenKeys(config.active(), config.keys()), Clock.systemUTC());
        this.table = table;
    }

    /**
     * The token's own worth first, so that nobody learns of a block without a token of that user. One that {@code
     * user/token/expire} cut off counts as expired: the client may come back with a newer one.
     */
    public Verdict judge(String token) {
        UserTokens.Verdict verdict = tokens.verify(token);
        if (verdict instanceof UserTokens.Verdict.Valid valid) {
            return switch (standing(valid.appKey(), valid.userId(), valid.issuedAtMillis())) {
                case GOOD ->
                    new Verdict.Valid(valid.appKey(), valid.userId(), valid.issuedAtMillis(), valid.expiresAt());
                case EXPIRED -> new Verdict.Expired();
                case BLOCKED -> new Verdict.Blocked();
            };
        }
        return verdict instanceof UserTokens.Verdict.Expired ? new Verdict.Expired() : new Verdict.Invalid();
    }

    /** Judges one again who was let in with a token of that time; the token's own expiry is the session's business. */
    public Standing standing(String appKey, String userId, long issuedAtMillis) {
        return table.standing(appKey, userId, issuedAtMillis);
    }
}
