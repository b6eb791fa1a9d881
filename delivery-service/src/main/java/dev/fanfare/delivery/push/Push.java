package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.device.Device;
import java.time.Instant;
import java.util.Map;

/**
 * One notification for one device, all decisions taken: a sender only has to put it into its provider's words.
 *
 * <p>Its id is {@code message().messageUID()}: it goes to the provider as collapse id, tag or request id, so that a push
 * which is sent again after a crash shows once.
 *
 * @param title null if there is none
 * @param body the text to show; null only if {@code silent}
 * @param data the app's own, {@code appData} at the device; null if there is none
 * @param silent wakes the app and shows nothing (RongCloud's {@code contentAvailable}); where a provider has no such
 *     thing, a data message
 * @param message what is pushed about; its {@code content} is not part of a push
 * @param options how this provider shall show it, by the keys of RongCloud's {@code pushExt}: {@code channelId},
 *     {@code importance}, {@code image}, {@code category}, {@code thread-id}, {@code interruption-level}, ...; empty if
 *     nothing was asked for
 * @param expiresAt from then on the provider need not try any more
 */
public record Push(
        Device device,
        String title,
        String body,
        String data,
        boolean silent,
        ClientMessage message,
        Map<String, String> options,
        Instant expiresAt) {}
