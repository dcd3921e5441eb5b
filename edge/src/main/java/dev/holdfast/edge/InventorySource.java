package dev.holdfast.edge;

import dev.holdfast.model.Inventory;

/**
 * Something on or beside this machine that says what is in it. Its word is no proof. For one thread
 * at a time.
 */
public interface InventorySource {
  /** Whose word it is. */
  Inventory.Source kind();

  /**
   * Looks now; what it finds says when that was.
   *
   * @throws dev.holdfast.base.CodedException NO_ACCELERATOR_LIBRARY where the source is not on this
   *     machine; another where it cannot be asked
   */
  Inventory look();
}
