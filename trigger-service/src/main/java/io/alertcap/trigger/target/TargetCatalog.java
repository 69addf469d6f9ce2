package io.alertcap.trigger.target;

/** Knows which pods there are. Thread-safe; answers from memory, without waiting for anything. */
public interface TargetCatalog {

  CatalogAnswer find(TargetQuery query);
}
