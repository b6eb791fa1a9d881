package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.quota.EndpointQuota;
import java.util.function.BiFunction;

/**
 * An endpoint that takes a form and sends no message.
 *
 * @param takesEmptyBody whether all of its fields are optional
 * @param reader App Key and form to what is to be done
 */
public record FormEndpoint(EndpointQuota quota, boolean takesEmptyBody, BiFunction<String, FormFields, Prepared> reader)
        implements Endpoint {

    public FormEndpoint(EndpointQuota quota, BiFunction<String, FormFields, Prepared> reader) {
        this(quota, false, reader);
    }

    /** All of its fields are optional. */
    public static FormEndpoint withOptionalBody(EndpointQuota quota, BiFunction<String, FormFields, Prepared> reader) {
        return new FormEndpoint(quota, true, reader);
    }

    @Override
    public Prepared prepare(Call call) {
        return reader.apply(call.app().key(), FormFields.read(call.body()));
    }
}
