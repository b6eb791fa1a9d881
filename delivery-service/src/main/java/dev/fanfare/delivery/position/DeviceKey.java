package dev.fanfare.delivery.position;

/** A device of a user of an app. */
record DeviceKey(String appKey, String userId, String deviceId) {

    /** As a part of a Redis key. Two devices never have the same: only app keys are known to have no colon. */
    String text() {
        return appKey + ':' + userId.length() + ':' + userId + ':' + deviceId;
    }
}
