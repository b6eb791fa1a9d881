/** The baseline on the JVM. */
package dev.fanfare.benchmark.netty;
