package dev.fanfare.runtime.startup;

/**
 * A configuration key as its reader finds it.
 *
 * @param module the service, or {@code service-runtime}
 * @param name a key of a map stands as {@code <name>}
 * @param type in words
 * @param standard what counts where nothing is said; empty: it must be set, or is absent
 * @param required whether the service does not start without it
 * @param meaning Markdown on one line
 */
record ConfigurationKey(String module, String name, String type, String standard, boolean required, String meaning) {

    boolean isSecret() {
        return type.contains("secret");
    }

    boolean isAmount() {
        return type.equals("number") || type.equals("duration");
    }
}
