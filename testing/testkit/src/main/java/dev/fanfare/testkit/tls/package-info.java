/** Certificates made for a test, and who trusts them. */
package dev.fanfare.testkit.tls;
