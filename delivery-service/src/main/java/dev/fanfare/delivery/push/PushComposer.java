package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.device.Device;
import java.time.Instant;
import java.util.Map;

/** What a device is shown for a message. A pure function. */
final class PushComposer {

    private PushComposer() {}

    /** @param expiresAt see {@link Push} */
    static Push compose(PushJob job, Device device, Instant expiresAt) {
        return new Push(
                device,
                job.push().title(),
                job.push().content(),
                job.push().data(),
                Integer.valueOf(1).equals(job.push().contentAvailable()),
                job.message(),
                Map.of(),
                expiresAt);
    }
}
