/** What fakes of HTTP providers have in common: a server on loopback, its script of errors, its devices. */
package dev.fanfare.fakes.http;
