package dev.fanfare.broadcast.internal;

import dev.fanfare.runtime.internal.InternalDoor;
import dev.fanfare.runtime.internal.InternalKey;
import jakarta.ws.rs.ext.Provider;

/** Lets only Fanfare's own services in. */
@Provider
class InternalKeyFilter extends InternalDoor {

    InternalKeyFilter(InternalKey key) {
        super(key);
    }
}
