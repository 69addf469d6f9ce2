/** What is shipped beside the services, and the services as it runs them. */
@NullMarked
package io.alertcap.acceptance;

import org.jspecify.annotations.NullMarked;
