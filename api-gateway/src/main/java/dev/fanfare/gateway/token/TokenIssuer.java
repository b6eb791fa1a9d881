package dev.fanfare.gateway.token;

import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Issues the tokens with which app clients connect. Fails at start with keys that are missing or too short. */
@Startup
@ApplicationScoped
public class TokenIssuer {

    private final UserTokens tokens;
    private final Duration lifetime;

    TokenIssuer(TokensConfig config, Clock clock) {
        this.tokens = new UserTokens(new TokenKeys(config.active(), config.keys()), clock);
        this.lifetime = config.lifetime();
    }

    public String issue(String appKey, String userId) {
        return tokens.issue(appKey, userId, lifetime);
    }
}
