/** End-to-end tests: the lab, its wire, and those who cheat in it. Never shipped. */
@org.jspecify.annotations.NullMarked
package dev.holdfast.e2e;
