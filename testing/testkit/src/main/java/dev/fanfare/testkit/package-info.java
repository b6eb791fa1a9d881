/** What the tests of all modules share. It never goes into a service. */
package dev.fanfare.testkit;
