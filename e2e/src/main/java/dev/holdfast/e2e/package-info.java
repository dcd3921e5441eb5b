/**
 * End-to-end tests: the lab, its wire, and those who cheat in it; the pages in a real browser.
 * Never shipped.
 */
@org.jspecify.annotations.NullMarked
package dev.holdfast.e2e;
