package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/** One path of the API. Reads and judges a call without side effect; what is to be done comes back as {@link Prepared}. */
public interface Endpoint {

    /** Names the endpoint too. */
    EndpointQuota quota();

    /** The switch that turns it off. */
    default Optional<Feature> feature() {
        return Optional.empty();
    }

    /** Whether a call without a body is one without fields; elsewhere it is refused. */
    default boolean takesEmptyBody() {
        return false;
    }

    /** Must be pure and fast; big bodies are read on a worker thread, the others on an event loop. */
    Prepared prepare(Call call);

    /** By which method it is called. */
    default HttpMethod method() {
        return HttpMethod.POST;
    }

    /** Where it is found. */
    default String path() {
        return "/" + quota().endpoint() + ".json";
    }
}
