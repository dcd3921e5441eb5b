/**
 * May this chip go there, on that day, and why: chip specifications, dated country groups and dated
 * export rules, all of them data, and decisions that cite them. From outside: {@link
 * dev.holdfast.policy.PolicyRecord} is read, a {@link dev.holdfast.policy.Question} is asked of a
 * {@link dev.holdfast.policy.Decider}, and a {@link dev.holdfast.policy.Decision} comes out; {@link
 * dev.holdfast.policy.PolicyCheck} proves a record. Pure: octets and days are handed in.
 *
 * <p>It supports legal advice and does not replace it.
 */
@NullMarked
package dev.holdfast.policy;

import org.jspecify.annotations.NullMarked;
