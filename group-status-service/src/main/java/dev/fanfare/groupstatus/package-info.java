/**
 * Groups, their members ({@code group}), the API by which other services change them ({@code internal}), and what a
 * group status command becomes ({@code expansion}).
 */
package dev.fanfare.groupstatus;
