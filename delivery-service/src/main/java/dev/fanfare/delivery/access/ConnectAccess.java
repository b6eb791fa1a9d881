package dev.fanfare.delivery.access;

import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import dev.fanfare.contracts.token.UserTokens.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Judges the token with which a client connects or goes on. Fast enough for an event loop. */
@ApplicationScoped
public class ConnectAccess {

    private final UserTokens tokens;
    private final UserAccessTable table;

    public ConnectAccess(TokensConfig config, UserAccessTable table) {
        this.tokens = new UserTokens(new TokenKeys(config.active(), config.keys()), Clock.systemUTC());
        this.table = table;
    }

    /** A token that {@code user/token/expire} cut off counts as expired: the client may come back with a newer one. */
    public Verdict judge(String token) {
        Verdict verdict = tokens.verify(token);
        if (verdict instanceof Verdict.Valid valid
                && !table.admits(valid.appKey(), valid.userId(), valid.issuedAtMillis())) {
            return new Verdict.Expired();
        }
        return verdict;
    }
}
