/** Stories about the packaged product, told from outside: they know HTTP, the client protocol and the topics. */
package dev.fanfare.e2e;
