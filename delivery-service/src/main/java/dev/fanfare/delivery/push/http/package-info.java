/** What push providers have in common whose API is HTTP: settings, access tokens, answers, texts of limited length. */
package dev.fanfare.delivery.push.http;
