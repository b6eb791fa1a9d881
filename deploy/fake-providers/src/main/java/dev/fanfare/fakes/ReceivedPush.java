package dev.fanfare.fakes;

/**
 * A push that a provider took.
 *
 * @param id the collapse id, tag or request id that it came with: the same twice shows once at the device
 * @param title null if there is none
 * @param body null for a silent push
 * @param data the app's own data; null if there is none
 * @param request what came over the wire, as text
 */
public record ReceivedPush(
        String provider, String token, String id, String title, String body, String data, String request) {}
