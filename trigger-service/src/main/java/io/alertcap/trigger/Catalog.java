package io.alertcap.trigger;

import io.alertcap.trigger.target.AddressBook;
import io.alertcap.trigger.target.TargetCatalog;

/** One source of pods, in the parts that others ask of it. */
record Catalog(TargetCatalog targets, AddressBook addresses) {

  static Catalog open(CatalogConfig config) {
    return switch (config) {
      case CatalogConfig.Static fixed -> new Catalog(fixed.pods(), fixed.pods());
    };
  }
}
