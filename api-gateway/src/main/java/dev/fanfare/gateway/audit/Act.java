package dev.fanfare.gateway.audit;

/**
 * Something that somebody does by the admin API. It holds names and nothing else: no secret, no content, no value that was
 * set. What has no app or no detail has an empty text there.
 *
 * @param actor the name of the admin token, {@code root} for the configured one, {@code configuration} for what a gateway
 *     does by itself at its start
 * @param address from where, as the gateway sees it
 * @param what as the table of acts in {@code docs/security.md} names it
 * @param detail which part of the app: fields that were changed, a provider, a token's name
 */
public record Act(String actor, String address, String what, String app, String detail) {

    /** What a gateway does to an app because its configuration says so. */
    public static Act ofConfiguration(String what, String app) {
        return new Act("configuration", "", what, app, "");
    }
}
