/** Looks an installation over from outside, part by part, and says what is wrong and what to do about it. Changes nothing. */
package dev.fanfare.standalone.doctor;
