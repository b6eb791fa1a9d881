package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a credential is made of, read with words for who has entered it: they name the setting, never its value. */
public record CredentialSettings(Map<String, Secret> values) {

    public String required(String name) throws InvalidCredentialException {
        return optional(name).orElseThrow(() -> new InvalidCredentialException(name + " is missing"));
    }

    /**
     * @param form what the whole value must match
     * @param meaning what it should be, in words that go on from "must be"
     */
    public String required(String name, Pattern form, String meaning) throws InvalidCredentialException {
        String value = required(name);
        if (!form.matcher(value).matches()) {
            throw new InvalidCredentialException(name + " must be " + meaning);
        }
        return value;
    }

    /** Empty also if the value is blank. */
    public Optional<String> optional(String name) {
        Secret value = values.get(name);
        return value == null || value.isBlank()
                ? Optional.empty()
                : Optional.of(value.reveal().strip());
    }

    /** Whether {@code name} is {@code true}; {@code false} if it is not there. */
    public boolean flag(String name) throws InvalidCredentialException {
        return switch (optional(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidCredentialException(name + " must be true or false");
        };
    }

    /** An address of a server: http or https, without query and fragment, without a slash at the end. */
    public URI url(String name, String fallback) throws InvalidCredentialException {
        String text = optional(name).orElse(fallback);
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException notAUrl) {
            // Said below.
        }
        throw new InvalidCredentialException(name + " must be an http or https URL with a host");
    }
}
