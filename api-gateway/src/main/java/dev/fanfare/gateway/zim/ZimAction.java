package dev.fanfare.gateway.zim;

import dev.fanfare.gateway.app.Feature;
import dev.fanfare.gateway.quota.EndpointQuota;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/** One action of the API. Reads and judges a call without side effect; what is to be done comes back as {@link ZimPlan}. */
public interface ZimAction {

    /** {@code Action} of the query. */
    String name();

    /** By which method it is called; one with GET has all its parameters in the query. */
    default HttpMethod method() {
        return HttpMethod.POST;
    }

    EndpointQuota quota();

    /** What a call over the quota is answered. */
    default ZimError overQuota() {
        return ZimError.APP_FREQUENCY;
    }

    /** The switch that turns it off. */
    default Optional<Feature> feature() {
        return Optional.empty();
    }

    /** The field with the users for whom a call could not be done; empty: the action has none. */
    default Optional<String> failures() {
        return Optional.empty();
    }

    /** Must be pure and fast. */
    ZimPlan plan(ZimCall call);
}
