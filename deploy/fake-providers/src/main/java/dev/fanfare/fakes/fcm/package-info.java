/** Firebase Cloud Messaging and Google's token endpoint. */
package dev.fanfare.fakes.fcm;
