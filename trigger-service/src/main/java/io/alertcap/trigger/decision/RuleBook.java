package io.alertcap.trigger.decision;

import io.alertcap.trigger.rule.Rules;

/**
 * What is decided by, as one: a notification is never decided half by the rules before a change and
 * half by those after it.
 */
public record RuleBook(Rules rules, TriggerPolicy policy) {}
