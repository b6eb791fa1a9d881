package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.quota.EndpointQuota;
import io.vertx.core.http.HttpMethod;
import java.util.function.BiFunction;

/**
 * An endpoint that the vendor does not have, signed and answered like the vendor's.
 *
 * @param path below {@code /fanfare/}; a segment {@code {name}} is a field
 * @param reader App Key and body to what is to be done. Where the method has no body, or the path has fields, it is a form
 *     of those fields and the query
 */
public record OwnEndpoint(
        HttpMethod method, String path, EndpointQuota quota, BiFunction<String, byte[], Prepared> reader)
        implements Endpoint {

    @Override
    public boolean takesEmptyBody() {
        return !HttpMethod.POST.equals(method);
    }

    @Override
    public Prepared prepare(Call call) {
        return reader.apply(call.app().key(), call.body());
    }
}
