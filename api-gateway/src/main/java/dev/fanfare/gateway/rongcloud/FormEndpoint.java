package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.quota.EndpointQuota;
import java.util.function.BiFunction;

/**
 * An endpoint that takes a form and sends no message.
 *
 * @param reader App Key and form to what is to be done
 */
public record FormEndpoint(EndpointQuota quota, BiFunction<String, FormFields, Prepared> reader) implements Endpoint {

    @Override
    public Prepared prepare(Call call) {
        return reader.apply(call.app().key(), FormFields.read(call.body()));
    }
}
