/** How the types of {@code io.alertcap.schemas} become JSON and come back. */
@NullMarked
package io.alertcap.schemas.json;

import org.jspecify.annotations.NullMarked;
