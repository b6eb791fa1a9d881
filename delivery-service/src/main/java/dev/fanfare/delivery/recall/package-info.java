/** Which messages were taken back, for all who have them still to send. It knows neither what a recall is to clients nor who asks. */
package dev.fanfare.delivery.recall;
