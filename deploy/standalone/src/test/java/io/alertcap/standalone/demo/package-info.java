@NullMarked
package io.alertcap.standalone.demo;

import org.jspecify.annotations.NullMarked;
