package dev.fanfare.delivery.access;

import dev.fanfare.contracts.token.Token04;
import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import dev.fanfare.contracts.token.ZimIdentity;
import dev.fanfare.delivery.app.KnownApps;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Judges the token with which a client connects or goes on, and its session later. Fast enough for an event loop. */
@ApplicationScoped
public class ConnectAccess {

    private final UserTokens tokens;
    private final Token04 zimTokens = new Token04(Clock.systemUTC());
    private final KnownApps apps;
    private final UserAccessTable table;

    public ConnectAccess(TokensConfig config, KnownApps apps, UserAccessTable table) {
        this.tokens = new UserTokens(new TokenKeys(config.active(), config.keys()), Clock.systemUTC());
        this.apps = apps;
        this.table = table;
    }

    /**
     * The token's own worth first, so that nobody learns of a block without a token of that user. One that {@code
     * user/token/expire} cut off counts as expired: the client may come back with a newer one.
     *
     * @param token ours, or a token04 of ZIM
     * @param zimAppId of which of ZIM's apps the client says that it is: a token04 does not tell before it is opened.
     *     Not needed where only one app has an AppId, nor with a token of ours
     */
    public Verdict judge(String token, Optional<String> zimAppId) {
        UserTokens.Verdict verdict = Token04.isOne(token) ? verifyZim(token, zimAppId) : tokens.verify(token);
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

    private UserTokens.Verdict verifyZim(String token, Optional<String> zimAppId) {
        Optional<ZimIdentity> app = zimAppId.isPresent() ? apps.zim(zimAppId.get()) : apps.onlyZim();
        return app.map(zim -> zimTokens.verify(token, zim)).orElseGet(UserTokens.Verdict.Invalid::new);
    }

    /** Judges one again who was let in with a token of that time; the token's own expiry is the session's business. */
    public Standing standing(String appKey, String userId, long issuedAtMillis) {
        return table.standing(appKey, userId, issuedAtMillis);
    }
}
