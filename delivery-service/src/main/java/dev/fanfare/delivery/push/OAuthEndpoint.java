package dev.fanfare.delivery.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.AccessToken.NotGrantedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A token endpoint of OAuth 2.0 (RFC 6749, sections 4.4 and 5), as vendors have it. */
public final class OAuthEndpoint {

    private final PushHttp http;
    private final URI url;

    public OAuthEndpoint(PushHttp http, URI url) {
        this.http = http;
        this.url = url;
    }

    /** Fails with {@link NotGrantedException} if it answers anything but a token. */
    public Uni<Grant> request(Map<String, String> form) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        form.forEach(fields::add);
        return http.post(url).sendForm(fields).map(OAuthEndpoint::grant);
    }

    private static Grant grant(HttpResponse<Buffer> response) {
        JsonNode body = PushHttp.json(response);
        String token = body.path("access_token").asText("");
        long seconds = body.path("expires_in").asLong();
        if (response.statusCode() == 200 && !token.isEmpty() && seconds > 0) {
            return new Grant(token, Duration.ofSeconds(seconds));
        }
        throw new NotGrantedException(
                body.path("error").asText("status " + response.statusCode()),
                RetryAfter.parse(response.getHeader("Retry-After"), Instant.now()));
    }
}
