package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How push providers shall show a message: RongCloud's {@code pushExt}, a JSON object in a string ({@code
 * wire/rongcloud.md}, 7.5). Read leniently: {@code pushConfigs} as one object instead of an array of single-key objects,
 * names of providers in any case, values that are no strings. {@code forceShowPushContent} overrides a wish to hide texts
 * that no user of Fanfare can have; {@code templateId} names a text at RongCloud: both are ignored.
 *
 * @param title null if there is none
 * @param configs by the provider's name there, in lower case
 */
public record PushExt(String title, Map<String, Map<String, String>> configs) {

    private static final PushExt NONE = new PushExt(null, Map.of());

    /** @return empty if it is not a {@code pushExt}; one that is absent asks for nothing */
    public static Optional<PushExt> read(String json) {
        if (json == null || json.isBlank()) {
            return Optional.of(NONE);
        }
        try {
            return of(Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * What is asked of a provider, its keys to their values.
     *
     * @param provider its name in {@code pushConfigs}, {@code APNs} for instance
     */
    public Map<String, String> configOf(String provider) {
        return configs.getOrDefault(provider.toLowerCase(Locale.ROOT), Map.of());
    }

    private static Optional<PushExt> of(JsonNode ext) {
        JsonNode title = ext.path("title");
        JsonNode given = ext.path("pushConfigs");
        if (!ext.isObject() || !isTextOrAbsent(title) || !isContainerOrAbsent(given)) {
            return Optional.empty();
        }
        Map<String, Map<String, String>> configs = new HashMap<>();
        if (given.isObject()) {
            putAll(configs, given);
        } else {
            given.forEach(entry -> putAll(configs, entry));
        }
        String text = title.asText("").strip();
        return Optional.of(new PushExt(title.isTextual() && !text.isEmpty() ? text : null, Map.copyOf(configs)));
    }

    private static void putAll(Map<String, Map<String, String>> configs, JsonNode byProvider) {
        byProvider.properties().forEach(config -> {
            Map<String, String> values = configs.computeIfAbsent(
                    config.getKey().toLowerCase(Locale.ROOT), provider -> new LinkedHashMap<>());
            config.getValue().properties().forEach(value -> {
                if (value.getValue().isValueNode() && !value.getValue().isNull()) {
                    values.put(value.getKey(), value.getValue().asText());
                }
            });
        });
    }

    private static boolean isTextOrAbsent(JsonNode node) {
        return node.isTextual() || node.isNull() || node.isMissingNode();
    }

    private static boolean isContainerOrAbsent(JsonNode node) {
        return node.isContainerNode() || node.isNull() || node.isMissingNode();
    }
}
