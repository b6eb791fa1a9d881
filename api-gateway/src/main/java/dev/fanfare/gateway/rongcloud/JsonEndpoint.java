package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.quota.EndpointQuota;
import java.util.function.BiFunction;

/**
 * An endpoint that takes a JSON object and sends no message.
 *
 * @param reader App Key and object to what is to be done
 */
public record JsonEndpoint(EndpointQuota quota, BiFunction<String, JsonFields, Prepared> reader) implements Endpoint {

    @Override
    public Prepared prepare(Call call) {
        return reader.apply(call.app().key(), JsonFields.read(call.body()));
    }
}
