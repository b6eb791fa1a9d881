/**
 * The Centrifuge client protocol, version 2: what clients say and what they are told, in JSON and in Protobuf. Pure
 * translation between bytes and records; it knows no socket, no session and no Kafka. Field names and tags are those of
 * {@code client.proto} of centrifugal/protocol.
 */
package dev.fanfare.delivery.protocol;
