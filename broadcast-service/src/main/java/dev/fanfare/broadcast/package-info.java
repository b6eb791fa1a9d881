/**
 * Messages to all users of an app: the online half as one record of the stream, the push half as a job that pages the
 * app's audience, what is scheduled, and what is taken back.
 */
package dev.fanfare.broadcast;
