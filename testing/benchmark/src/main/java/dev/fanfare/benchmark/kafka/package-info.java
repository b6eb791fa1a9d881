/** The baseline of everything that goes over Kafka. */
package dev.fanfare.benchmark.kafka;
